// search.js - the search of the static pages: every word of ?q= must stand in a section; those with a word in the heading come first.
'use strict';

const MOST = 60, AROUND = 60;
const query = (new URLSearchParams(location.search).get('q') || '').trim();
const words = query.toLowerCase().split(/\s+/).filter(Boolean);

/** A node with children, which are nodes or texts. */
function node(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The text around the first word, with every word marked. */
function excerpt(text) {
  const first = Math.max(0, text.toLowerCase().indexOf(words[0]) - AROUND);
  const shown = text.slice(first, first + 4 * AROUND), low = shown.toLowerCase(), out = node('p', {}, first ? '…' : '');
  for (let at = 0; at < shown.length;) {
    const next = words.map(word => [low.indexOf(word, at), word.length]).filter(([place]) => place >= 0).sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
    const [place, length] = next || [shown.length, 0];
    out.append(shown.slice(at, place));
    if (length)
      out.append(node('mark', {}, shown.slice(place, place + length)));
    at = place + length;
  }
  out.append('…');
  return out;
}

function search() {
  const found = SECTIONS.map(([place, anchor, title, heading, text]) => {
    const head = `${title} ${heading}`.toLowerCase(), all = `${head} ${text.toLowerCase()}`;
    const has = words.every(word => all.includes(word));
    return {place, anchor, title, heading, text, rank: has ? 1 + words.filter(word => head.includes(word)).length : 0};
  }).filter(section => section.rank).sort((a, b) => b.rank - a.rank);
  document.getElementById('count').textContent = `${query}: ${found.length}`;
  document.getElementById('found').append(...found.slice(0, MOST).map(section => node('li', {},
    node('a', {href: `${section.place}#${encodeURIComponent(section.anchor)}`}, section.title === section.heading ? section.title : `${section.title} › ${section.heading}`),
    section.text ? excerpt(section.text) : '')));
}

document.querySelector('input[name=q]').value = query;
if (words.length)
  search();
