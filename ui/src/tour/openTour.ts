import { showLoaded } from "../components/showLoaded";

export function openTour(): void {
  showLoaded(() => import("./Tour").then(({ showTour }) => showTour));
}
