// SPDX-License-Identifier: GPL-2.0-or-later
// The document is whole without this. It reads the table's rows once, and then hides rows, draws the
// time axis, and shows payload. Text is only ever set as text.
'use strict';
(() => {
const STAGES = ['inbound scan', 'exploit', 'egg download', 'C&C', 'outbound scan', 'spam', 'exfiltration'];
const table = document.getElementById('rows');
const axis = document.getElementById('axis');
const tools = document.getElementById('tools');
const trs = Array.from(table.querySelectorAll('tbody > tr'));
const clock = table.className === 'clock'; // times of day, not seconds since the first frame
const SLICE = 25; // milliseconds of work at once

// What is known of each row, by index.
const rows = [];
let first = Infinity, last = -Infinity;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const pause = () => new Promise((done) => setTimeout(done));

// Calls work(i) for all rows, in slices; stops when still() says so.
async function eachRow(work, still) {
  let until = performance.now() + SLICE;
  for (let i = 0; i < trs.length; i++) {
    work(i);
    if ((i & 255) === 255 && performance.now() > until) {
      await pause();
      if (still && !still()) return false;
      until = performance.now() + SLICE;
    }
  }
  return true;
}

// --- reading rows ---

function timeOf(text) {
  return clock ? Date.parse(text.replace(' ', 'T') + 'Z') / 1000 : parseFloat(text);
}

function durationOf(text) {
  const parts = text.split(':');
  return parts.length === 2 ? parts[0] * 60 + +parts[1] : 0;
}

function hostOf(text) {
  if (text.startsWith('[')) return text.slice(1, text.indexOf(']'));
  return text.split(':').length === 2 ? text.slice(0, text.indexOf(':')) : text;
}

const bySession = new Map();

// The text that a cell begins with: quicker than all of it.
const wordOf = (cell) => cell.firstChild ? cell.firstChild.data : '';

function readRow(i) {
  const tr = trs[i], cells = tr.children, session = wordOf(cells[1]);
  const start = timeOf(wordOf(cells[0]));
  const row = {session, start, end: start, hit: tr.lastChild.querySelector('b') !== null, text: null};
  if (cells.length > 6) {
    const protocol = wordOf(cells[5]);
    row.end = start + durationOf(wordOf(cells[2]));
    row.hosts = [hostOf(wordOf(cells[3])), hostOf(wordOf(cells[4]))];
    row.protocol = protocol.slice(protocol.indexOf(':') + 1) || 'folded';
    row.stages = tr.dataset.g || '';
    if (tr.className !== 'f') bySession.set(session, row);
  } else {
    const above = bySession.get(session);
    row.hosts = above ? above.hosts : [];
    row.protocol = above ? above.protocol : '';
    row.stages = above && row.hit ? above.stages : '';
    row.below = true;
  }
  first = Math.min(first, row.start);
  last = Math.max(last, row.end);
  rows[i] = row;
  const bytes = cells[3].dataset.b;
  if (bytes) cells[3].prepend(element('button', {className: 'more', type: 'button', textContent: '\u25b8',
    ariaExpanded: 'false', ariaLabel: 'Payload of this packet'}));
}

function textOf(i) {
  if (rows[i].text === null) rows[i].text = trs[i].textContent.toLowerCase();
  return rows[i].text;
}

// --- the choice of rows ---

// Blocks of rows, with the place that they take while they are out of view.
const blocks = new Map(Array.from(table.tBodies, (body) => [body, {shown: 0, all: body.rows.length}]));
const ROW = 24;

function settle() {
  for (const [body, block] of blocks) {
    body.hidden = block.shown === 0;
    body.style.containIntrinsicBlockSize = block.shown === block.all ? '' : block.shown * ROW + 'px';
    block.shown = 0;
  }
}

const choice = {words: [], session: '', host: '', protocol: '', stage: '', hit: false, from: -Infinity, to: Infinity};
let generation = 0;

function isChosen(i, untimed) {
  const row = rows[i];
  if (choice.session && row.session !== choice.session) return false;
  if (choice.hit && !row.hit) return false;
  if (choice.protocol && row.protocol !== choice.protocol) return false;
  if (choice.stage && !row.stages.includes(choice.stage)) return false;
  if (choice.host && !row.hosts.some((host) => host.includes(choice.host))) return false;
  if (!untimed && (row.end < choice.from || row.start > choice.to)) return false;
  return choice.words.every((word) => textOf(i).includes(word));
}

async function choose() {
  const mine = ++generation;
  let shown = 0;
  for (const block of blocks.values()) block.shown = 0;
  const done = await eachRow((i) => {
    const chosen = isChosen(i, false);
    rows[i].drawn = chosen || isChosen(i, true);
    if (trs[i].hidden === chosen) trs[i].hidden = !chosen;
    shown += chosen;
    blocks.get(trs[i].parentNode).shown += chosen;
  }, () => mine === generation);
  if (!done) return;
  settle();
  tell(shown);
  draw();
}

function tell(shown) {
  const all = trs.length.toLocaleString('en');
  const noun = trs.length === 1 ? ' row' : ' rows';
  let text = (shown === trs.length ? all : shown.toLocaleString('en') + ' of ' + all) + noun;
  if (choice.from > -Infinity) text += ', ' + label(choice.from) + ' to ' + label(choice.to);
  inputs.status.value = text;
}

// --- the tools ---

const inputs = {};

function option(value, text) {
  return element('option', {value, textContent: text});
}

function select(name, title, options) {
  const made = element('select', {ariaLabel: title}, option('', title), ...options);
  made.addEventListener('change', () => { choice[name] = made.value; choose(); });
  inputs[name] = made;
  return made;
}

function counted(values) {
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function takeWords() {
  const words = inputs.search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const session = words.find((word) => /^\[\d+\]$/.test(word));
  choice.session = session ? session.slice(1, -1) : '';
  choice.words = words.filter((word) => word !== session);
  choose();
}

function reset() {
  inputs.search.value = inputs.host.value = inputs.protocol.value = inputs.stage.value = '';
  inputs.hit.checked = false;
  Object.assign(choice, {words: [], session: '', host: '', protocol: '', stage: '', hit: false,
    from: -Infinity, to: Infinity});
  view.from = first;
  view.to = last;
}

function buildTools() {
  const whole = rows.filter((row) => !row.below);
  const hosts = element('datalist', {id: 'hosts'},
    ...counted(whole.flatMap((row) => row.hosts)).slice(0, 500).map(([host]) => option(host, '')));
  inputs.search = element('input', {type: 'search', placeholder: 'Search ( / )   [4]: session 4', ariaLabel: 'Search rows; [4] chooses session 4'});
  inputs.search.addEventListener('input', takeWords);
  inputs.host = element('input', {type: 'search', className: 'host-box', placeholder: 'Host', ariaLabel: 'Host'});
  inputs.host.setAttribute('list', 'hosts');
  inputs.host.addEventListener('input', () => { choice.host = inputs.host.value.trim(); choose(); });
  inputs.hit = element('input', {type: 'checkbox'});
  inputs.hit.addEventListener('change', () => { choice.hit = inputs.hit.checked; choose(); });
  inputs.status = element('output', {ariaLive: 'polite'});
  const clear = element('button', {type: 'button', textContent: 'Reset'});
  clear.addEventListener('click', () => { reset(); choose(); });
  const stages = STAGES.map((name, i) => [String(i), name]).filter(([i]) => whole.some((row) => row.stages.includes(i)));
  tools.append(inputs.search, inputs.host, hosts,
    select('protocol', 'All protocols', counted(whole.map((row) => row.protocol)).map(([name, n]) => option(name, name + ' (' + n + ')'))),
    select('stage', 'All stages', stages.map(([i, name]) => option(i, name))),
    element('label', {}, inputs.hit, 'Hits only'), clear, inputs.status);
}

// --- the time axis ---

const SVG = 'http://www.w3.org/2000/svg';
const LANES = 9, LANE = 15, LEFT = 104, RIGHT = 12, TOP = 6, FOOT = 20;
const view = {from: 0, to: 1};
let svg, lanes, picking = null;

function shape(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  (parent || svg).append(made);
  return made;
}

// Stages that were seen, then the protocols with the most rows.
function findLanes() {
  const whole = rows.filter((row) => !row.below);
  const names = counted(whole.map((row) => row.protocol)).map(([name]) => name);
  const kept = names.length > LANES ? names.slice(0, LANES - 1) : names;
  lanes = STAGES.map((name, i) => ({name, hot: true, has: (row) => !row.below && row.stages.includes(String(i))}))
    .filter((lane) => rows.some(lane.has));
  for (const name of kept) lanes.push({name, has: (row) => row.protocol === name});
  if (kept.length < names.length) lanes.push({name: 'other', has: (row) => !kept.includes(row.protocol)});
  for (const lane of lanes) lane.rows = [];
  rows.forEach((row, i) => lanes.forEach((lane) => { if (lane.has(row)) lane.rows.push(i); }));
}

const width = () => Math.max(axis.clientWidth - LEFT - RIGHT, 100);
const xOf = (time) => LEFT + (time - view.from) / (view.to - view.from) * width();
const timeAt = (x) => view.from + Math.min(Math.max((x - LEFT) / width(), 0), 1) * (view.to - view.from);

function label(time) {
  const step = (view.to - view.from) / 8;
  if (clock) return new Date(time * 1000).toISOString().slice(step > 86400 ? 0 : 11, step < 1 ? 23 : 19).replace('T', ' ');
  if (step < 10) return time.toFixed(step < 0.01 ? 4 : step < 1 ? 2 : 0) + ' s';
  const whole = Math.round(time), h = Math.floor(whole / 3600), m = Math.floor(whole / 60) % 60, s = whole % 60;
  const two = (n) => String(n).padStart(2, '0');
  return h ? h + ':' + two(m) + ':' + two(s) : m + ':' + two(s);
}

function stepOf(span) {
  const nice = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200];
  const wanted = span / Math.max(Math.floor(width() / 110), 1);
  if (wanted > 43200) return Math.ceil(wanted / 86400) * 86400;
  if (wanted >= 1) return nice.find((n) => n >= wanted);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= wanted);
}

// Where rows are, pixel by pixel: runs of one or more rows, however many, are one piece of a path.
function runs(lane, y, hot) {
  const columns = width(), change = new Int32Array(columns + 2), scale = columns / (view.to - view.from);
  for (const i of lane.rows) {
    const row = rows[i];
    if (!row.drawn || row.end < view.from || row.start > view.to || (hot && !row.hit)) continue;
    const from = Math.max(Math.floor((row.start - view.from) * scale), 0);
    const to = Math.min(Math.max(Math.floor((row.end - view.from) * scale), from + 1), columns);
    change[Math.min(from, columns)]++;
    change[to + 1]--;
  }
  let path = '', now = 0, begin = -1;
  for (let x = 0; x <= columns + 1; x++) {
    now += change[x];
    if (now > 0 && begin < 0) begin = x;
    if ((now <= 0 || x === columns + 1) && begin >= 0) {
      path += 'M' + (LEFT + begin) + ' ' + (y + 3) + 'h' + (x - begin) + 'v' + (LANE - 5) + 'h' + (begin - x) + 'z';
      begin = -1;
    }
  }
  return path;
}

function drawGrid(bottom) {
  const step = stepOf(view.to - view.from);
  for (let n = Math.ceil(view.from / step); n * step <= view.to + step * 1e-6; n++) {
    const time = n * step, x = Math.round(xOf(time)) + 0.5;
    shape('path', {class: 'grid', d: 'M' + x + ' ' + TOP + 'V' + bottom});
    shape('text', {x, y: bottom + 14, 'text-anchor': x > LEFT + width() - 30 ? 'end' : 'middle'}).textContent = label(time);
  }
}

function draw() {
  if (!svg || !lanes.length) return;
  const bottom = TOP + lanes.length * LANE;
  svg.replaceChildren();
  svg.setAttribute('height', bottom + FOOT);
  drawGrid(bottom);
  lanes.forEach((lane, n) => {
    const y = TOP + n * LANE;
    shape('text', {x: LEFT - 8, y: y + 11, 'text-anchor': 'end'}).textContent = lane.name.length > 15 ? lane.name.slice(0, 14) + '\u2026' : lane.name;
    shape('path', {class: lane.hot ? 'bar hot' : 'bar', d: runs(lane, y, false)});
    if (!lane.hot) shape('path', {class: 'bar hot', d: runs(lane, y, true)});
  });
}

function zoom(from, to) {
  const least = Math.max((last - first) * 1e-6, 1e-3);
  from = Math.max(from, first);
  to = Math.min(Math.max(to, from + least), last);
  view.from = Math.min(from, to - least);
  view.to = to;
  const whole = view.from <= first && view.to >= last;
  choice.from = whole ? -Infinity : view.from;
  choice.to = whole ? Infinity : view.to;
  draw();
  choose();
}

// The row that is nearest to a point of the axis, in its lane.
function rowAt(x, y) {
  const lane = lanes[Math.min(Math.max(Math.floor((y - TOP) / LANE), 0), lanes.length - 1)], time = timeAt(x);
  let best = -1, near = 8 * (view.to - view.from) / width();
  for (const i of lane.rows) {
    const away = Math.max(rows[i].start - time, time - rows[i].end, 0);
    if (rows[i].drawn && away < near) { best = i; near = away; }
  }
  return best;
}

function onPointer(event) {
  const box = svg.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
  if (event.type === 'pointerdown' && event.button === 0) {
    picking = {x, shape: shape('rect', {class: 'pick', y: TOP, height: lanes.length * LANE, x, width: 0})};
    svg.setPointerCapture(event.pointerId);
  } else if (event.type === 'pointermove' && picking) {
    picking.shape.setAttribute('x', Math.min(x, picking.x));
    picking.shape.setAttribute('width', Math.abs(x - picking.x));
  } else if (event.type === 'pointerup' && picking) {
    const from = picking.x;
    picking.shape.remove();
    picking = null;
    if (Math.abs(x - from) > 4) zoom(timeAt(Math.min(x, from)), timeAt(Math.max(x, from)));
    else if (rowAt(x, y) >= 0) show(trs[rowAt(x, y)]);
  }
}

function onAxisKey(event) {
  const span = view.to - view.from, middle = (view.from + view.to) / 2;
  const moves = {
    '+': () => zoom(middle - span / 4, middle + span / 4),
    '=': () => zoom(middle - span / 4, middle + span / 4),
    '-': () => zoom(middle - span, middle + span),
    ArrowLeft: () => { const by = Math.min(span / 4, view.from - first); zoom(view.from - by, view.to - by); },
    ArrowRight: () => { const by = Math.min(span / 4, last - view.to); zoom(view.from + by, view.to + by); },
    Home: () => zoom(first, last), 0: () => zoom(first, last), Escape: () => zoom(first, last),
  };
  if (event.ctrlKey || event.altKey || event.metaKey || !moves[event.key]) return;
  moves[event.key]();
  event.preventDefault();
}

function buildAxis() {
  if (!rows.length) return;
  if (last - first < 1e-3) last = first + 1e-3;
  view.from = first;
  view.to = last;
  findLanes();
  svg = shape('svg', {tabindex: 0, role: 'group', 'aria-label':
    'Sessions over time. Drag, or plus, minus and arrow keys, zoom; Home shows all; a click goes to a row.'}, axis);
  for (const type of ['pointerdown', 'pointermove', 'pointerup']) svg.addEventListener(type, onPointer);
  svg.addEventListener('dblclick', () => zoom(first, last));
  svg.addEventListener('keydown', onAxisKey);
  new ResizeObserver(draw).observe(axis);
}

// --- going to a row ---

// Rows that the choice hides are shown again, all of them: a row alone would tell no story.
function reveal(tr) {
  if (!tr.hidden) return;
  reset();
  for (const each of trs) if (each.hidden) each.hidden = false;
  for (const body of blocks.keys()) body.hidden = false;
  choose();
}

function show(tr) {
  reveal(tr);
  if (location.hash === '#' + tr.id) tr.scrollIntoView({block: 'center'});
  else location.hash = tr.id;
}

function onTarget() {
  const tr = /^#r\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (!tr) return;
  reveal(tr);
  tr.tabIndex = -1;
  tr.focus({preventScroll: true});
  tr.scrollIntoView({block: 'center'});
}

// --- payload ---

let payloadForm = 'text';

function asText(bytes) {
  return bytes.replace(/\r\n?/g, '\n').replace(/[^\n -~]/g, '.');
}

function asHex(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = bytes.slice(at, at + 16);
    const hex = Array.from(part, (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
    lines.push(at.toString(16).padStart(4, '0') + '  ' + hex.padEnd(49) + part.replace(/[^ -~]/g, '.'));
  }
  return lines.join('\n');
}

function payloadOf(td) {
  const bytes = atob(td.dataset.b), pre = element('pre', {tabIndex: 0});
  const forms = {text: asText, hex: asHex}, buttons = {};
  const set = (form) => {
    payloadForm = form;
    pre.textContent = forms[form](bytes);
    pre.className = form;
    for (const name in buttons) buttons[name].ariaPressed = String(name === form);
  };
  for (const name in forms) {
    buttons[name] = element('button', {type: 'button', textContent: name === 'hex' ? 'Hex' : 'Text'});
    buttons[name].addEventListener('click', () => set(name));
  }
  set(payloadForm);
  return element('div', {className: 'payload'}, buttons.text, ' ', buttons.hex, ' ',
    element('small', {textContent: bytes.length + ' byte'}), pre);
}

function togglePayload(button) {
  const td = button.parentElement, open = td.querySelector('.payload');
  if (open) open.remove();
  else td.append(payloadOf(td));
  button.ariaExpanded = String(!open);
  button.textContent = open ? '\u25b8' : '\u25be';
}

// --- all of it ---

function onClick(event) {
  const link = event.target.closest('a[href^="#r"]');
  if (link) {
    const tr = document.getElementById(link.hash.slice(1));
    if (tr) reveal(tr);
    return;
  }
  const more = event.target.closest('button.more');
  if (more) togglePayload(more);
  const cell = event.target.closest('#rows tbody td');
  if (cell && cell.cellIndex === 1 && getSelection().isCollapsed) {
    const wanted = '[' + cell.textContent + ']';
    inputs.search.value = inputs.search.value === wanted ? '' : wanted;
    takeWords();
  }
}

function onKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === '/' && !typing && !event.ctrlKey) {
    inputs.search.focus();
    event.preventDefault();
  } else if (event.key === 'Escape' && event.target === inputs.search && inputs.search.value) {
    inputs.search.value = '';
    takeWords();
    event.preventDefault();
  }
}

function openForPrint() {
  const closed = document.querySelectorAll('#findings details:not([open]), #chains details:not([open])');
  for (const each of closed) each.open = true;
  addEventListener('afterprint', () => { for (const each of closed) each.open = false; }, {once: true});
}

async function start() {
  document.documentElement.className = 'js';
  await eachRow(readRow);
  buildAxis();
  buildTools();
  await choose();
  document.addEventListener('click', onClick);
  document.addEventListener('keydown', onKey);
  addEventListener('hashchange', onTarget);
  addEventListener('beforeprint', openForPrint);
  onTarget();
  document.documentElement.dataset.ready = 'yes';
}

start();
})();
