/*
 * Progressive enhancement only: every page works without this file.
 * The components' address carries a hash, so it is read from the page instead of being written here.
 */

const wide = window.matchMedia("(min-width: 48.0625em)");

/** The filter column is a closed details element on a phone and always open beside a list. */
function openFilters() {
  for (const filters of document.querySelectorAll("[data-al-filters]")) {
    if (wide.matches) filters.open = true;
  }
}

openFilters();
wide.addEventListener("change", openFilters);

/** Elements that ask for it print the page; they stay hidden without JavaScript. */
for (const button of document.querySelectorAll("[data-al-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
const components = document.querySelector("link[data-al-components]");
const { initAll } = await import(components.href);
initAll();
