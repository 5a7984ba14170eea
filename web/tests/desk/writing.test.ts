import { describe, expect, test } from 'vitest';
import { listQueryOf } from '../../src/desk/list/useListQuery';
import { emptyDocument, newSection, toDocument, toForm } from '../../src/desk/editor/form';
import { merge } from '../../src/desk/editor/merge';
import { differences, pathOf, textOf } from '../../src/desk/editor/parts';
import { withAnswer } from '../../src/desk/questions/answerDraft';
import { addressOf, placeOf } from '../../src/desk/shell/places';
import { ago } from '../../src/desk/shell/time';
import type { ExhibitDocument } from '../../src/desk/api/types';

const vase = (change: Partial<ExhibitDocument> = {}): ExhibitDocument => ({
  ...emptyDocument(),
  hall: 5,
  title: { en: 'Blue vase', zh: '青花瓶' },
  aliases: { en: ['The vase', 'Vase of 1620'], zh: [] },
  sources: ['Inventory, 1931'],
  body: { en: [{ heading: 'What it is', paragraphs: ['The Blue vase is of 1620.', 'It is blue.'] }], zh: [] },
  ...change,
});

describe('What a curator writes', () => {
  test('comes out of the fields as it went in', () => {
    expect(toDocument(toForm(vase()), vase())).toEqual(vase());
  });

  test('is tidied as the server tidies it: no empty lines, no doubled spaces, no section without a text', () => {
    const form = toForm(vase());
    form.title.en = '  Blue   vase ';
    form.aliases.en = 'The vase\n\n The vase \nVase of 1620\n';
    form.body.en.push(newSection('A heading alone'));
    expect(toDocument(form, vase())).toEqual(vase());
  });

  test('keeps what has no field', () => {
    const kept = vase({ artifact: { category: 'ceramics', metadata: null, source_type: null, source_path: null } });
    expect(toDocument(toForm(kept), kept).artifact).toEqual(kept.artifact);
  });

  test('differs part by part, in one language', () => {
    const other = vase({ title: { en: 'Blue vase', zh: '蓝瓶' }, hall: 6 });
    expect(differences(vase(), other).map(pathOf)).toEqual(['title.zh', 'hall']);
    expect(textOf(vase(), { field: 'body', tongue: 'en' })).toBe('What it is\nThe Blue vase is of 1620.\nIt is blue.');
  });
});

describe('Two curators at one exhibit', () => {
  test('who changed different parts have both changes', () => {
    const found = merge(vase(), vase({ hall: 6 }), vase({ title: { en: 'Blue vase', zh: '蓝瓶' } }));
    expect(found).toEqual({ document: vase({ hall: 6, title: { en: 'Blue vase', zh: '蓝瓶' } }), conflicts: [] });
  });

  test('who changed one part alike agree', () => {
    expect(merge(vase(), vase({ hall: 6 }), vase({ hall: 6 })).conflicts).toEqual([]);
  });

  test('who changed one part differently are asked, and nothing of either is lost meanwhile', () => {
    const found = merge(vase(), vase({ hall: 6, sources: ['Mine'] }), vase({ hall: 7 }));
    expect(found.conflicts.map(pathOf)).toEqual(['hall']);
    expect(found.document).toEqual(vase({ hall: 6, sources: ['Mine'] }));
  });
});

describe('An answer to a visitor', () => {
  const asked = { question: 'How heavy is it?', language: 'en' } as const;
  const headings = { en: 'Visitors ask', zh: '观众常问' };

  test('gets a section of its own, and the next one joins it', () => {
    const once = withAnswer(vase(), asked, 'The Blue vase weighs 2 kg.', true, headings);
    const twice = withAnswer(once, { ...asked, question: 'Is it full?' }, 'The Blue vase is empty.', false, headings);
    expect(twice.body.en.at(-1)).toEqual({ heading: 'Visitors ask', paragraphs: ['The Blue vase weighs 2 kg.', 'The Blue vase is empty.'] });
    expect(twice.suggested.en).toEqual(['How heavy is it?']);
    expect(twice.body.zh).toEqual([]);
  });
});

describe('An address of the desk', () => {
  test('names a part and an item, whatever its letters', () => {
    expect(placeOf('/desk')).toEqual({ section: 'today', item: null });
    expect(placeOf(addressOf('exhibits', '+'))).toEqual({ section: 'exhibits', item: '+' });
    expect(placeOf('/desk/nowhere')).toBeNull();
    expect(placeOf('/desk/exhibits/a/b')).toBeNull();
  });

  test('holds the filters of the list, and what it cannot mean is left out', () => {
    expect(listQueryOf({ state: 'review', missing: 'zh', q: 'vase', hall: '5', page: '2' })).toEqual({ state: 'review', missing: 'zh', q: 'vase', hall: 5, page: 2 });
    expect(listQueryOf({ state: 'gone', missing: 'fr', hall: '-1', page: 'x' })).toEqual({ page: 1 });
  });
});

test('Times are told as people tell them', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  expect(ago('2026-11-22T11:55:00Z', 'en', now)).toBe('5 minutes ago');
  expect(ago('2026-11-21T11:00:00Z', 'zh', now)).toBe('昨天');
  expect(ago('2026-10-01T11:00:00Z', 'en', now)).toBe('1 Oct 2026');
});
