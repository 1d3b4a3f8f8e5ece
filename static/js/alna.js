// The frame: open panels close on Escape or a click elsewhere. Pages work without this file.
(function () {
  'use strict';

  function openPanels() {
    return document.querySelectorAll('details.al-drop[open]');
  }

  document.addEventListener('click', function (event) {
    openPanels().forEach(function (panel) {
      if (!panel.contains(event.target)) { panel.open = false; }
    });
  });

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') { return; }
    openPanels().forEach(function (panel) {
      const inside = panel.contains(document.activeElement);
      panel.open = false;
      if (inside) { panel.querySelector('summary').focus(); }
    });
  });

  // «/» leads to the search field, except where somebody is writing.
  document.addEventListener('keydown', function (event) {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) { return; }
    if (event.target.closest('input, select, textarea, [contenteditable]')) { return; }
    const field = Array.from(document.querySelectorAll('main [role="search"] input[type="search"][name="q"], .al-search input')).find(
      function (each) { return each.offsetParent !== null; }
    );
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  // One panel open at a time, also when the keyboard opens the next.
  document.addEventListener('toggle', function (event) {
    const opened = event.target;
    if (!opened.matches || !opened.matches('details.al-drop') || !opened.open) { return; }
    openPanels().forEach(function (panel) {
      if (!panel.contains(opened)) { panel.open = false; }
    });
  }, true);

  // Print buttons carry data-print; without JavaScript they are hidden and the browser's own menu is the way.
  function showPrint() {
    document.querySelectorAll('[data-print][hidden]').forEach(function (button) { button.hidden = false; });
  }
  showPrint();
  document.addEventListener('htmx:afterSettle', showPrint);
  document.addEventListener('click', function (event) {
    if (event.target.closest('[data-print]')) { window.print(); }
  });

  // Copies what stands in a field; without JavaScript the button is hidden and the field can be marked by hand.
  document.querySelectorAll('[data-copy][hidden]').forEach(function (button) { button.hidden = false; });
  function copy(field) {
    field.select();
    if (navigator.clipboard) { return navigator.clipboard.writeText(field.value); }
    return document.execCommand('copy') ? Promise.resolve() : Promise.reject();
  }
  document.addEventListener('click', function (event) {
    const button = event.target.closest('[data-copy]');
    if (!button) { return; }
    copy(document.getElementById(button.dataset.copy)).then(function () {
      button.parentElement.querySelector('[data-copy-status]').textContent = button.dataset.copied;
    }, function () { /* the address is marked, and the browser's own copying is the way */ });
  });

  // A form that comes back with errors answers 422: show it, as a full page load would.
  document.addEventListener('htmx:beforeSwap', function (event) {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
}());
