// Forms: focus on the list of errors, a warning before typed text is lost, paste from a spreadsheet
// into a grid, and no double sending. Everything is on the server too; without this file forms work.
(function () {
  'use strict';

  function focusErrors(root) {
    const summary = root.querySelector('[data-error-summary]');
    if (summary && !summary.closest('[data-quiet]')) { summary.focus(); }
  }

  // A link in the summary puts the cursor into the field, also when the field is a hidden-looking radio.
  document.addEventListener('click', function (event) {
    const link = event.target.closest('[data-error-summary] a[href^="#"]');
    const field = link && document.getElementById(link.getAttribute('href').slice(1));
    if (!field) { return; }
    event.preventDefault();
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: 'center' });
  });

  // Unsaved text: only forms that ask for it with data-unsaved.
  const changed = new Set();
  document.addEventListener('input', function (event) {
    const form = event.target.form;
    if (form && form.hasAttribute('data-unsaved')) { changed.add(form); }
  });
  window.addEventListener('beforeunload', function (event) {
    const waiting = Array.from(changed).some(function (form) { return form.isConnected; });
    if (waiting) { event.preventDefault(); }
  });

  // Sent once: a second press while the first is on its way does nothing.
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post' || form.hasAttribute('hx-post')) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    // A form that answers with a file leaves the page where it is.
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
    changed.delete(form);
  });
  // Back again from the next page: the form may be sent anew.
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-sent]').forEach(function (form) { delete form.dataset.sent; });
  });

  // A grid: rows of fields, in the order of the page.
  function gridRows(table) {
    return Array.from(table.querySelectorAll('tbody tr')).map(function (row) {
      return Array.from(row.querySelectorAll('td')).map(function (cell) {
        return cell.querySelector('input:not([type="hidden"]), select, textarea');
      });
    });
  }

  function position(rows, field) {
    for (let r = 0; r < rows.length; r += 1) {
      const c = rows[r].indexOf(field);
      if (c >= 0) { return [r, c]; }
    }
    return null;
  }

  function fill(field, text) {
    if (!field || field.readOnly || field.disabled) { return false; }
    if (field.tagName === 'SELECT') {
      const wanted = text.trim().toLowerCase();
      const option = Array.from(field.options).find(function (candidate) {
        return candidate.value.toLowerCase() === wanted || candidate.text.trim().toLowerCase() === wanted;
      });
      if (!option) { return false; }
      field.value = option.value;
    } else if (field.type === 'checkbox' || field.type === 'radio') {
      return false;
    } else {
      field.value = text.trim();
    }
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.closest('td').classList.add('is-pasted');
    return true;
  }

  document.addEventListener('paste', function (event) {
    const table = event.target.closest && event.target.closest('[data-grid]');
    const text = event.clipboardData ? event.clipboardData.getData('text/plain') : '';
    if (!table || !/[\t\r\n]/.test(text.replace(/[\r\n]+$/, ''))) { return; }
    const rows = gridRows(table);
    const start = position(rows, event.target);
    if (!start) { return; }
    event.preventDefault();
    let missed = 0;
    text.replace(/[\r\n]+$/, '').split(/\r\n|\r|\n/).forEach(function (line, r) {
      line.split('\t').forEach(function (value, c) {
        const row = rows[start[0] + r];
        if (!row || !fill(row[start[1] + c], value)) { missed += 1; }
      });
    });
    announce(table, missed);
  });

  // Up and down move between rows, as in a spreadsheet.
  document.addEventListener('keydown', function (event) {
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || event.target.tagName !== 'INPUT' || event.target.type === 'date') { return; }
    const table = event.target.closest('[data-grid]');
    if (!table) { return; }
    const rows = gridRows(table);
    const here = position(rows, event.target);
    const row = here && rows[here[0] + (event.key === 'ArrowDown' ? 1 : -1)];
    if (row && row[here[1]]) { event.preventDefault(); row[here[1]].focus(); }
  });

  // How many pasted cells found no field; the texts come from the page, where they are translated.
  function announce(table, missed) {
    const line = document.querySelector('[data-grid-status]');
    if (!line) { return; }
    line.textContent = missed ? line.dataset.missed.replace('{n}', missed) : line.dataset.pasted;
  }

  document.addEventListener('htmx:afterSwap', function (event) { focusErrors(event.target); });
  focusErrors(document);
}());
