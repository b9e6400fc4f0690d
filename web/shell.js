// Runs before the page's script, and says so where that cannot be loaded (web/ui/words.ts). A link of
// what was to be shown goes along.
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    const note = document.getElementById('unloaded');
    note.querySelector('a').hash = location.hash;
    note.hidden = false;
  },
  true,
);
