(function () {
  'use strict';
  var all = function (within, what) { return Array.prototype.slice.call(within.querySelectorAll(what)); };

  // one plan at a time
  var plans = all(document, 'main section.plan'), choice = document.getElementById('choice');
  var show = function (id) { plans.forEach(function (plan) { plan.hidden = plan.id !== id; }); };
  if (choice) {
    choice.parentNode.hidden = false;
    choice.addEventListener('change', function () { show(choice.value); });
    show(choice.value);
  }

  // a table is sorted by its column: numbers by what they are, texts as they read
  var key = function (row, place) {
    var cell = row.cells[place], number = cell.getAttribute('data-v');
    return number === null ? cell.textContent : Number(number);
  };
  var order = function (a, b) {
    if (typeof a === 'number') {
      if (typeof b === 'number') { return a - b; }
      return -1;
    }
    return typeof b === 'number' ? 1 : a.localeCompare(b);
  };
  var sort = function (table, head, place) {
    var down = head.getAttribute('aria-sort') === 'ascending', body = table.tBodies[0];
    all(table, 'thead th').forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    var rows = all(body, 'tr').map(function (row, number) { return { row: row, key: key(row, place), number: number }; });
    rows.sort(function (a, b) { return (down ? -1 : 1) * order(a.key, b.key) || a.number - b.number; });
    rows.forEach(function (entry) { body.appendChild(entry.row); });
  };

  // rows that hold a text
  var filter = function (table, text, exact) {
    var wanted = text.toLowerCase();
    all(table.tBodies[0], 'tr').forEach(function (row) {
      var found = exact ? row.cells[0].textContent === text : row.textContent.toLowerCase().indexOf(wanted) !== -1;
      row.hidden = text !== '' ? !found : false;
    });
  };

  all(document, 'main table').forEach(function (table) {
    all(table, 'thead th').forEach(function (head, place) {
      var button = document.createElement('button');
      button.type = 'button';
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener('click', function () { sort(table, head, place); });
    });
    if (table.tBodies[0].rows.length > 8) {
      var label = document.createElement('label'), box = document.createElement('input'), line = document.createElement('div');
      label.textContent = 'Show rows with ';
      box.type = 'search';
      box.id = table.id + '-filter';
      label.appendChild(box);
      line.className = 'tools';
      line.appendChild(label);
      table.parentNode.parentNode.insertBefore(line, table.parentNode);
      box.addEventListener('input', function () { filter(table, box.value, false); });
    }
  });

  // from a row to the rows of another table that are about it
  document.addEventListener('click', function (event) {
    var link = event.target.closest('a[data-only]');
    if (!link) { return; }
    var section = document.getElementById(link.getAttribute('href').slice(1)), table = section ? section.querySelector('table') : null;
    if (!table) { return; }
    var box = document.getElementById(table.id + '-filter'), only = link.getAttribute('data-only');
    filter(table, only, true);
    if (box) { box.value = only; }
    table.parentNode.focus();
  });
}());
