// Wakes the islands of a page, if it has any: the walk of leptos' island_script.js, without an
// inline script. A page without islands loads nothing; a browser that cannot load the WASM keeps
// the page it has, which is complete.
const start = async () => {
  const meta = document.querySelector('meta[name="islands"]');
  if (!meta || !document.querySelector("leptos-island")) return;
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
};
const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));
idle(() => start().catch(() => {}));
