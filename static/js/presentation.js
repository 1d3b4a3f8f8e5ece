// Arrow keys, space and Page Up/Down turn the pages of the presentation; Escape leaves it. The links do the same without this file.
(function () {
  'use strict';

  const WAYS = { ArrowRight: 'next', PageDown: 'next', ' ': 'next', ArrowLeft: 'prev', PageUp: 'prev', Escape: 'out' };

  // Before the frame's own listener, which closes a panel on Escape.
  document.addEventListener('keydown', function (event) {
    const way = WAYS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) { return; }
    if (way === 'out' && document.querySelector('details.al-drop[open]')) { return; }
    // Space presses what has the focus, and arrows scroll a table that is wider than the window.
    const focused = document.activeElement;
    if (event.key === ' ' && focused && focused.matches('a, button, summary')) { return; }
    const wide = focused && focused.closest('.al-table-wrap');
    if (wide && wide.scrollWidth > wide.clientWidth && event.key.startsWith('Arrow')) { return; }
    const link = document.querySelector('[data-show="' + way + '"]');
    if (link) {
      event.preventDefault();
      link.click();
    }
  }, true);
}());
