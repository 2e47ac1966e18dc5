import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Path of a Chromium. In CI it is installed where there is none and that is possible, so that the page is looked at
 * there; on other machines nothing is installed by a test.
 */
export function findChromium(): string | null {
  const found = places.find((place) => place !== "" && existsSync(place));
  if (found !== undefined || !process.env["CI"] || process.getuid?.() !== 0) return found ?? null;
  try {
    execFileSync("apt-get", ["update"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"], {
      stdio: "ignore",
    });
  } catch {
    return null;
  }
  return places.find((place) => place !== "" && existsSync(place)) ?? null;
}
