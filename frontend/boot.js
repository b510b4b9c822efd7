// Wakes the islands of a page, if it has any: the walk of leptos' island_script.js, without an
// inline script. A page without islands loads nothing, unless a draft on this phone waits to be
// sent; a browser that cannot load the WASM keeps the page it has, which is complete.
const DAY = 24 * 60 * 60 * 1000;
const WEEK = 7 * DAY;

// What was done in the field and never sent goes after a month, whoever comes to the desk; its own person's
// page looks after it before. A clock that shows a year before this program tells no age.
const sweepSteps = () => {
  const opening = indexedDB.open("huiyin-desk", 1);
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onsuccess = () => {
    const database = opening.result;
    const steps = database.transaction("steps", "readwrite").objectStore("steps");
    steps.getAll().onsuccess = ({ target }) => {
      for (const { key, at } of target.result) {
        if (at > Date.UTC(2026) && Date.now() - at > 30 * DAY) steps.delete(key);
      }
      database.close();
    };
  };
};

// What was typed at the desk and not sent is of whoever is signed in.
const forgetTyped = () => {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("huiyin-desk ")) sessionStorage.removeItem(key);
};
document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", forgetTyped);

// It lasts half a day, whatever page is opened then.
const sweepTyped = () => {
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith("huiyin-desk ")) continue;
    const at = JSON.parse(sessionStorage.getItem(key))[1];
    if (!(Math.abs(Date.now() - at) < DAY / 2)) sessionStorage.removeItem(key);
  }
};
sweepTyped();

// Whether a draft calls for a page that sends it, or lies there for too long.
const draftCalls = () =>
  new Promise((answer, fail) => {
    const opening = indexedDB.open("huiyin", 1);
    // Nobody kept anything here: then nothing is made either.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = fail;
    opening.onsuccess = () => {
      const all = opening.result.transaction("drafts").objectStore("drafts").getAll();
      all.onerror = fail;
      all.onsuccess = () => {
        opening.result.close();
        answer(all.result.some((draft) => draft.call || Date.now() - draft.at > WEEK));
      };
    };
  }).catch(() => false);

const start = async () => {
  const meta = document.querySelector('meta[name="islands"]');
  if (!meta) return;
  // Staff at a computer that a resident used before are neither told of a draft nor send it.
  const desk = /^\/(desk|sign-in)(\/|$)/.test(location.pathname);
  if (desk && !document.querySelector("#field-queue")) sweepSteps();
  const calls = !desk && (await draftCalls());
  if (!calls && !document.querySelector("leptos-island")) return;
  const [script, wasm] = meta.content.split(" ");
  const mod = await import(script);
  await mod.default({ module_or_path: wasm });
  mod.hydrate();
  const callbacks = [];
  const walk = async (node) => {
    const tag = node.localName;
    if (tag === "leptos-island") {
      const wake = mod[node.dataset.component];
      if (wake) {
        callbacks.at(-1)?.();
        await wake(node);
      }
    }
    const children = tag === "leptos-children";
    if (children) callbacks.push(node.$$on_hydrate);
    for (const child of [...node.children]) await walk(child);
    if (children) callbacks.pop();
  };
  await walk(document.body);
  if (calls) mod.watch_drafts();
};
const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));
idle(() => start().catch(() => {}));
