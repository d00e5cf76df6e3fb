// The chat as Node's socket.io has it, without keeping anything: joins rooms, fans out, answers.
import { createServer } from "node:http";
import { Server } from "socket.io";

const server = createServer();
const live = new Server(server, { path: "/live/", transports: ["websocket"], serveClient: false });

live.on("connection", (socket) => {
  const { room } = socket.handshake.auth;
  socket.join(room);
  socket.on("say", (body, answer) => {
    live.to(room).emit("chat", body);
    answer({ id: 1 });
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1");
