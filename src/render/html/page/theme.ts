import { h } from "./dom.ts";

const themes = ["auto", "light", "dark"] as const;
type Theme = (typeof themes)[number];

/** Lets the reader choose the theme; follows the system until then. */
export function themeChoice(): HTMLElement {
  const choice = h(
    "select",
    { id: "theme", "aria-label": "Colors", change: () => choose(choice.value as Theme) },
    ...themes.map((theme) =>
      h(
        "option",
        { value: theme },
        theme === "auto" ? "System colors" : theme === "light" ? "Light" : "Dark",
      ),
    ),
  );
  const kept = recalled();
  choice.value = kept;
  apply(kept);
  return choice;
}

function choose(theme: Theme): void {
  apply(theme);
  try {
    localStorage.setItem("galops-theme", theme);
  } catch {
    // A page opened from a file may have no storage; then the choice is not remembered.
  }
}

function apply(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

function recalled(): Theme {
  try {
    const kept = localStorage.getItem("galops-theme");
    return themes.find((theme) => theme === kept) ?? "auto";
  } catch {
    return "auto";
  }
}
