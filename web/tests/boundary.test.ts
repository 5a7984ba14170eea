// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { defineComponent, h, nextTick, ref } from 'vue';
import { useFrames } from '../src/guide/useFrames';
import { createWords } from '../src/i18n/words';
import Boundary from '../src/status/Boundary.vue';
import { usePartFailure } from '../src/status/usePartFailure';
import { until } from './until';

describe('A part of the page that fails', () => {
  const knotted = ref(true);
  const Guide = defineComponent({ setup: () => () => { if (knotted.value) throw new Error('no face today'); return h('p', 'the guide'); } });
  const Page = defineComponent({ setup: () => () => h('main', [h(Boundary, { part: 'guide' }, () => h(Guide)), h(Boundary, { part: 'answer' }, () => h('p', 'the answer'))]) });
  const reported = vi.fn();

  afterEach(() => vi.unstubAllGlobals());

  test('is not put aside for one touch that failed', async () => {
    vi.stubGlobal('reportError', reported);
    const Button = defineComponent({ setup: () => () => h('button', { onClick: () => { throw new Error('slipped'); } }, 'again') });
    const page = mount(Boundary, { props: { part: 'answer' }, slots: { default: () => h(Button) }, global: { plugins: [createWords('en')] } });
    await page.find('button').trigger('click');
    expect(reported).toHaveBeenCalledWith(expect.objectContaining({ message: 'slipped' }));
    expect(page.find('[data-failed]').exists()).toBe(false);
  });

  test('takes no focus where it is not seen', async () => {
    vi.stubGlobal('reportError', reported);
    knotted.value = true;
    const page = mount(Boundary, { props: { part: 'guide', quiet: true }, slots: { default: () => h(Guide) }, global: { plugins: [createWords('en')] } });
    await nextTick();
    expect(page.find('[data-failed="guide"]').exists()).toBe(true);
    expect(page.find('button').exists()).toBe(false);
  });

  test('leaves the others working, says so in words, is reported, and may come back', async () => {
    vi.stubGlobal('reportError', reported);
    const page = mount(Page, { global: { plugins: [createWords('en')] } });
    await nextTick();
    expect(page.find('[data-failed="guide"]').text()).toContain('This part has knotted.');
    expect(page.text()).toContain('the answer');
    expect(reported).toHaveBeenCalledWith(expect.objectContaining({ message: 'no face today' }));

    knotted.value = false;
    await page.find('button').trigger('click');
    expect(page.text()).toContain('the guide');
  });

  test.each([true, false])('that fails in an animation frame is reported once, and put aside if it says so: %s', async (aside) => {
    vi.stubGlobal('reportError', reported.mockClear());
    let frames = 0;
    const draw = () => {
      frames++;
      throw new Error('torn');
    };
    const Moving = defineComponent({ setup() {
      (aside ? useFrames(draw, usePartFailure()) : useFrames(draw)).start();
      return () => h('p', 'the guide');
    } });
    const page = mount(Boundary, { props: { part: 'guide' }, slots: { default: () => h(Moving) }, global: { plugins: [createWords('en')] } });
    await until(() => { expect(reported).toHaveBeenCalledWith(expect.objectContaining({ message: 'torn' })); });
    await nextTick();
    expect(page.find('[data-failed="guide"]').exists()).toBe(aside);
    // No frame is asked for any more: the next ones pass by.
    await new Promise((seen) => { requestAnimationFrame(() => requestAnimationFrame(seen)); });
    expect(frames).toBe(1);
    expect(reported).toHaveBeenCalledOnce();
  });
});
