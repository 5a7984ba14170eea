// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { computed, defineComponent, nextTick, ref } from 'vue';
import { createCuratorApi, type CuratorApi } from '../../src/desk/api/curatorApi';
import { createRequest } from '../../src/desk/api/request';
import BodyField from '../../src/desk/editor/BodyField.vue';
import { useEditor, type Editor } from '../../src/desk/editor/useEditor';
import { createDeskSession } from '../../src/desk/session/deskSession';
import { provideDesk } from '../../src/desk/shell/useDesk';
import { deskWords } from '../../src/desk/words/deskWords';
import { pageStorage } from '../../src/auth/tabStorage';
import { Museum } from './museum';

const title = { en: 'Blue vase', zh: '' };
const body = { en: [{ heading: 'What it is', paragraphs: ['The Blue vase is of 1620.'] }], zh: [] };

describe('What is written while a save is under way', () => {
  let museum: Museum;
  let api: CuratorApi;
  let editor: Editor;
  let page: ReturnType<typeof mount>;

  beforeEach(async () => {
    museum = await Museum.open();
    museum.add('blue-vase', { title, body });
    const session = createDeskSession(pageStorage(), museum.url);
    await session.signIn('ana', 'correct horse', 'en');
    api = createCuratorApi(createRequest(session, museum.url));
    const Editing = defineComponent({ components: { BodyField }, setup: () => ({ form: (editor = useEditor()).form }), template: '<BodyField v-model="form.body" />' });
    const Desk = defineComponent({
      components: { Editing },
      setup: () => provideDesk({ words: computed(() => deskWords.en), language: ref('en'), api, session, halls: ref([]), loadHalls: () => Promise.resolve(), titleOf: (id) => id, tell: () => undefined }),
      template: '<Editing />',
    });
    page = mount(Desk, { attachTo: document.body });
    editor.take(await api.find('blue-vase'));
    await nextTick();
  });
  afterEach(() => {
    page.unmount();
    museum.close();
  });

  const field = () => page.get<HTMLTextAreaElement>('[data-testid=body-en-0-text]');

  test('stays, is not saved yet, and the caret with it', async () => {
    const { element } = field();
    element.focus();
    await field().setValue('The Blue vase is');
    const saving = editor.save();
    await field().setValue('The Blue vase is of 1621. ');
    await saving;
    await nextTick();
    expect([element.value, editor.dirty.value, document.activeElement === element]).toEqual(['The Blue vase is of 1621. ', true, true]);
    expect(museum.exhibits.get('blue-vase')?.draft?.body.en[0]?.paragraphs).toEqual(['The Blue vase is']);
    await editor.save();
    expect([editor.dirty.value, museum.exhibits.get('blue-vase')?.draft?.body.en[0]?.paragraphs]).toEqual([false, ['The Blue vase is of 1621.']]);
  });

  test('stays when another curator was quicker, beside their changes', async () => {
    await field().setValue('Mine');
    museum.write('blue-vase', { draft: { ...editor.base.value, hall: 5 } }, 'ben');
    const saving = editor.save();
    await field().setValue('Mine, longer');
    expect(await saving).toBe(false);
    await nextTick();
    expect([field().element.value, editor.form.hall, editor.dirty.value, editor.mergedWith.value]).toEqual(['Mine, longer', 5, true, 'ben']);
  });

  test('stays when a step meets their change', async () => {
    museum.write('blue-vase', { draft: { ...editor.base.value, hall: 5 } }, 'ben');
    const stepping = editor.step(api.submit);
    await field().setValue('Mine meanwhile');
    await expect(stepping).rejects.toMatchObject({ code: 'exhibit_changed' });
    await nextTick();
    expect([field().element.value, editor.form.hall, editor.dirty.value]).toEqual(['Mine meanwhile', 5, true]);
  });
});
