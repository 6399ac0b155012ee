import { showLoaded } from "../components/showLoaded";

export function openHelp(): void {
  showLoaded(() => import("./Help").then(({ showHelp }) => showHelp));
}
