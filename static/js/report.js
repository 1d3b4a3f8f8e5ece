// The report: what cannot be saved because the session is over is kept in this browser, and offered back.
// Saving itself is htmx; without this file and without htmx the buttons of the form do the same.
(function () {
  'use strict';

  const form = document.querySelector('form[data-report]');
  if (!form) { return; }
  const key = 'alna-report-' + form.dataset.person + '-' + form.dataset.report;
  const SKIPPED = ['csrfmiddlewaretoken', 'version', 'opened'];

  function read() {
    try { return JSON.parse(window.localStorage.getItem(key) || 'null'); } catch (error) { return null; }
  }
  function write(value) {
    try {
      if (value) { window.localStorage.setItem(key, JSON.stringify(value)); } else { window.localStorage.removeItem(key); }
    } catch (error) { /* a browser that keeps nothing: the fields still stand on the page */ }
  }

  function texts() {
    const found = {};
    form.querySelectorAll('textarea[name], input[name]').forEach(function (field) {
      const written = field.tagName === 'TEXTAREA' || field.type === 'text';
      if (written && SKIPPED.indexOf(field.name) < 0 && field.value !== field.defaultValue) { found[field.name] = field.value; }
    });
    return found;
  }

  function lost() {
    const kept = texts();
    if (Object.keys(kept).length) { write(kept); }
    form.querySelector('[data-lost]').hidden = false;
  }

  function isSignIn(xhr) {
    return xhr.status === 401 || xhr.status === 403 || (xhr.responseURL && new URL(xhr.responseURL).pathname.indexOf('/felt/') < 0);
  }

  document.addEventListener('htmx:beforeSwap', function (event) {
    if (event.detail.requestConfig && event.detail.requestConfig.elt !== form) { return; }
    if (isSignIn(event.detail.xhr)) {
      event.detail.shouldSwap = false;
      lost();
    } else if (event.detail.xhr.status === 409) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    } else if (event.detail.xhr.status === 200) {
      form.querySelector('[data-lost]').hidden = true;
      write(null);
    }
  });
  document.addEventListener('htmx:sendError', lost);
  document.addEventListener('htmx:responseError', function (event) {
    if (event.detail.elt === form) { lost(); }
  });

  // What was kept, unless it stands on the page already.
  const kept = read();
  const offer = form.querySelector('[data-kept-offer]');
  function field(name) { return form.elements.namedItem(name); }
  if (kept && offer) {
    const differs = Object.keys(kept).some(function (name) {
      return field(name) && field(name).value !== undefined && field(name).value !== kept[name];
    });
    if (differs) { offer.hidden = false; } else { write(null); }
    offer.querySelector('[data-kept-use]').addEventListener('click', function () {
      Object.keys(kept).forEach(function (name) {
        if (field(name) && field(name).value !== undefined) { field(name).value = kept[name]; }
      });
      write(null);
      offer.hidden = true;
      form.dispatchEvent(new Event('change', { bubbles: true }));
    });
    offer.querySelector('[data-kept-drop]').addEventListener('click', function () {
      write(null);
      offer.hidden = true;
    });
  }

  // «Bruk forrige» without a new page.
  form.addEventListener('click', function (event) {
    const button = event.target.closest('button[value="use_previous"]');
    const previous = form.querySelector('[data-previous]');
    const area = field('explanation');
    if (!button || !previous || !area || !window.htmx) { return; }
    event.preventDefault();
    area.value = previous.textContent;
    area.focus();
    form.dispatchEvent(new Event('change', { bubbles: true }));
  });
}());
