// Guesses browser and system from a User-Agent header. Pure.

export interface DeviceName {
  readonly browser: string;
  readonly system: string;
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\/|HeadlessChrome\//, "Chrome"],
  [/Version\/.*Safari\//, "Safari"],
  [/curl\//, "curl"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

/** Null when neither is recognized. */
export function guessDevice(agent: string): DeviceName | null {
  const name = (list: typeof browsers) => list.find(([pattern]) => pattern.test(agent))?.[1] ?? "";
  const found = { browser: name(browsers), system: name(systems) };
  return found.browser === "" && found.system === "" ? null : found;
}
