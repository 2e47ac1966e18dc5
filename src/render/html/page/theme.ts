import { h } from "./dom.ts";

const themes = ["auto", "light", "dark"] as const;
type Theme = (typeof themes)[number];

/** Lets the reader choose; what the system says is right until then. */
export function themeChoice(): HTMLElement {
  const choice = h(
    "select",
    { id: "theme", "aria-label": "Colours", change: () => choose(choice.value as Theme) },
    ...themes.map((theme) =>
      h(
        "option",
        { value: theme },
        theme === "auto" ? "System colours" : theme === "light" ? "Light" : "Dark",
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
    // Pages that are files may not keep anything; then it is chosen again.
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
