"""nginx from Debian, with the server block that a test writes."""

from functools import partial
from pathlib import Path

from tests.services.process import Service, free_port, launch, listens, program, wait_until

CONFIGURATION = """
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
  include {types};
  default_type application/octet-stream;
  access_log {access_log};
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    {server}
  }}
}}
"""

TYPES = Path("/etc/nginx/mime.types")


def start(folder: Path, server: str, *, access_log: Path | None = None) -> Service:
    """Serve what the directives `server` say; `address["url"]` has no slash at its end."""
    port = free_port()
    program_path = program("nginx", "nginx-light")
    text = CONFIGURATION.format(
        folder=folder,
        types=TYPES,
        access_log=access_log or "off",
        port=port,
        server=server,
    )
    configuration = folder / f"nginx-{port}.conf"
    configuration.write_text(text)
    log = folder / "nginx.log"
    pid = launch([program_path, "-p", str(folder), "-c", str(configuration)], log)
    wait_until(partial(listens, port), pid, log)
    return Service({"url": f"http://127.0.0.1:{port}"}, [pid])
