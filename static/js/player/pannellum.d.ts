/** The part of Pannellum 2.5.7 that the adapter uses. */
interface PannellumSpot {
  id: string;
  yaw: number;
  pitch: number;
  cssClass: string;
  createTooltipFunc: (place: HTMLElement) => void;
}

/** Its angles are radians. */
interface PannellumRenderer {
  isLoading(): boolean;
  getCanvas(): HTMLCanvasElement;
  render(pitch: number, yaw: number, hfov: number): void;
}

interface PannellumViewer {
  isLoaded(): boolean | undefined;
  getYaw(): number;
  getPitch(): number;
  getHfov(): number;
  setHfov(hfov: number, ms: number | false): void;
  lookAt(pitch: number, yaw: number, hfov: number | undefined, ms: number | false): void;
  addScene(id: string, config: object): void;
  loadScene(id: string, pitch: number, yaw: number, hfov: number): void;
  addHotSpot(spot: PannellumSpot): void;
  removeHotSpot(id: string): boolean;
  mouseEventToCoords(event: MouseEvent): [number, number];
  startOrientation(): void;
  stopOrientation(): void;
  isOrientationActive(): boolean;
  stopMovement(): void;
  resize(): void;
  destroy(): void;
  on(type: string, listener: () => void): void;
  getRenderer(): PannellumRenderer | undefined;
}

interface Window {
  pannellum: { viewer(container: HTMLElement, config: object): PannellumViewer };
}

declare module "pannellum/src/js/*";
