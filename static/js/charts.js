// Draws the figures of a page: <div data-plotly="ID"> beside <script type="application/json" id="ID">.
// The sentence and the table stand without this file; when a chart is drawn, its table folds.
(function () {
  'use strict';

  const INK = '#2a2859';
  const MUTED = '#5b5a7e';
  const LINE = '#e8e1d2';
  const NARROW = 560;

  // Where fingers point there is no hovering: buttons would lie over the figure, and a drag is meant for the page.
  const TOUCH = window.matchMedia('(hover: none)').matches;

  // Nothing leaves the page: the library's own sharing is switched off.
  const CONFIG = {
    locale: document.documentElement.lang === 'en' ? 'en' : 'no',
    responsive: true,
    displaylogo: false,
    displayModeBar: TOUCH ? false : 'hover',
    showSendToCloud: false,
    plotlyServerURL: '',
    modeBarButtonsToRemove: ['sendChartToCloud', 'select2d', 'lasso2d', 'autoScale2d']
  };

  const axis = {
    gridcolor: LINE, linecolor: MUTED, tickcolor: MUTED, zerolinecolor: LINE,
    tickfont: { color: MUTED, size: 13 }, automargin: true
  };

  const TEMPLATE = {
    layout: {
      font: { family: '"Oslo Sans", system-ui, "Segoe UI", Arial, sans-serif', size: 14, color: INK },
      colorway: [INK, '#1f42aa', '#034b45', '#a3261a', MUTED, '#6fd3e3'],
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      margin: { l: 48, r: 16, t: 16, b: 40 },
      separators: ',\u00a0',
      hovermode: 'x unified',
      hoverlabel: { bgcolor: '#fff', bordercolor: INK, font: { color: INK } },
      legend: { orientation: 'h', y: -0.2, x: 0 },
      xaxis: Object.assign({ showgrid: false, ticks: 'outside', ticklen: 6 }, axis),
      yaxis: axis
    },
    data: {
      scatter: [{ line: { width: 2.5, color: INK }, marker: { size: 8 } }],
      bar: [{ marker: { color: INK } }]
    }
  };

  // The library's Norwegian has capital months and words nobody says; these are ours.
  function ownNorwegian() {
    const months = ['januar', 'februar', 'mars', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'desember'];
    const short = ['jan', 'feb', 'mars', 'april', 'mai', 'juni', 'juli', 'aug', 'sep', 'okt', 'nov', 'des'];
    const days = ['søndag', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag'];
    window.Plotly.register({
      moduleType: 'locale',
      name: 'no',
      dictionary: {
        'Download plot as a PNG': 'Last ned bildet', 'Download plot': 'Last ned bildet', Zoom: 'Zoom', Pan: 'Flytt',
        'Zoom in': 'Zoom inn', 'Zoom out': 'Zoom ut', 'Reset axes': 'Vis alt', Reset: 'Vis alt',
        'Double-click to zoom back out': 'Dobbeltklikk for å vise alt',
        'Double-click on legend to isolate one trace': 'Dobbeltklikk for å vise bare denne',
        'Taking snapshot - this may take a few seconds': 'Lager bildet, det kan ta noen sekunder',
        'Snapshot succeeded': 'Bildet er laget',
        'Sorry, there was a problem downloading your snapshot!': 'Bildet kunne ikke lastes ned', trace: 'serie'
      },
      format: {
        days: days, shortDays: days.map(function (day) { return day.slice(0, 3); }), months: months, shortMonths: short,
        date: '%d.%m.%Y', decimal: ',', thousands: '\u00a0'
      }
    });
  }

  function figureOf(place) {
    const source = document.getElementById(place.dataset.plotly);
    if (!source) { return null; }
    const figure = JSON.parse(source.textContent);
    figure.layout = Object.assign({}, figure.layout, { template: TEMPLATE });
    // A figure may say what it does without in a narrow place.
    if (place.clientWidth < NARROW && figure.layout.meta && figure.layout.meta.narrow) {
      Object.assign(figure.layout, figure.layout.meta.narrow);
    }
    if (TOUCH) { figure.layout.dragmode = false; }
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      delete figure.frames;
      figure.layout.transition = { duration: 0 };
    }
    return figure;
  }

  function draw(place) {
    if (place.dataset.drawn || !window.Plotly) { return; }
    const figure = figureOf(place);
    if (!figure) { return; }
    place.dataset.drawn = 'yes';
    window.Plotly.newPlot(place, figure.data, figure.layout, CONFIG).then(function () {
      // The picture is decoration for those who listen: the sentence and the table say the same.
      place.querySelectorAll('svg').forEach(function (svg) { svg.setAttribute('aria-hidden', 'true'); });
      const table = place.closest('figure') && place.closest('figure').querySelector('details.al-chart__table');
      if (table) { table.open = false; }
    });
  }

  function drawAll(root) {
    root.querySelectorAll('[data-plotly]').forEach(draw);
  }

  document.addEventListener('htmx:afterSwap', function (event) { drawAll(event.target.parentNode || document); });
  document.addEventListener('htmx:beforeCleanupElement', function (event) {
    if (event.target.dataset && event.target.dataset.drawn && window.Plotly) { window.Plotly.purge(event.target); }
  });

  // Printing shows the numbers too.
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details.al-chart__table').forEach(function (table) { table.open = true; });
  });

  if (window.Plotly) { ownNorwegian(); }
  drawAll(document);
}());
