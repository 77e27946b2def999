// A table of live prices over the public contract: REST for the items, one WebSocket for what changes.
const rows = new Map();
const state = document.getElementById('state');
const body = document.getElementById('prices');
const figure = (value, digits) => value === null || value === undefined ? '–' : value.toFixed(digits);
let received = 0;
let retryAfter = 1000;

function rowOf(item) {
  if (!rows.has(item.id)) {
    const tr = body.insertRow();
    const cells = ['', '', 'number', 'number', 'number', ''].map(name => Object.assign(tr.insertCell(), { className: name }));
    cells[0].textContent = item.name;
    rows.set(item.id, { cells, price: null });
  }
  return rows.get(item.id);
}

function showPrice(update) {
  const row = rows.get(update.item_id);
  if (!row) return;
  const [, source, price, , , observed] = row.cells;
  source.textContent = update.source;
  price.textContent = `${update.price} ${update.currency}`;
  observed.textContent = new Date(update.timestamp).toLocaleTimeString();
  if (row.price !== null && row.price !== update.price) {
    price.classList.remove('up', 'down');
    void price.offsetWidth;
    price.classList.add(update.price > row.price ? 'up' : 'down');
  }
  row.price = update.price;
}

function showVolatility(update) {
  const row = rows.get(update.item_id);
  if (!row || update.window !== '1h') return;
  row.cells[3].textContent = figure(update.percent_change, 2);
  row.cells[4].textContent = figure(update.cov === null ? null : update.cov * 100, 3);
}

function show(message) {
  if (Array.isArray(message)) return message.forEach(show);
  if (message.type === 'price') showPrice(message);
  else if (message.type === 'volatility') showVolatility(message);
  else if (message.type === 'snapshot') [...(message.prices ?? []), ...(message.volatility ?? [])].forEach(show);
  else if (message.type === 'error') console.warn(message);
  received++;
}

async function connect() {
  const page = await (await fetch('api/v1/items?limit=200')).json();
  page.items.forEach(rowOf);
  if (page.items.length === 0) throw new Error('no items yet');
  const socket = new WebSocket(new URL('api/v1/ws', location.href.replace(/^http/, 'ws')));
  socket.onopen = () => {
    retryAfter = 1000;
    socket.send(JSON.stringify({ action: 'subscribe', id: 1, item_ids: [...rows.keys()], channels: ['price', 'volatility'], batch: true }));
  };
  socket.onmessage = event => show(JSON.parse(event.data));
  // 4500 to 4999: another attempt would end the same way.
  socket.onclose = event => {
    if (event.code >= 4500 && event.code <= 4999) state.textContent = `closed for good (${event.code}): ${event.reason}`;
    else again(`closed (${event.code})`);
  };
}

function again(why) {
  state.textContent = `${why}; trying again …`;
  setTimeout(() => connect().catch(error => again(error.message)), retryAfter);
  retryAfter = Math.min(retryAfter * 2, 30000);
}

setInterval(() => {
  if (received > 0) state.textContent = `${rows.size} items, ${received} messages in the last second`;
  received = 0;
}, 1000);

connect().catch(error => again(error.message));
