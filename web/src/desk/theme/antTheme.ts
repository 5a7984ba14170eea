import { computed, type ComputedRef } from 'vue';
import { theme } from 'ant-design-vue';
import { useMediaQuery } from '../../look/useMediaQuery';

/** Ant Design's tokens are the look's: read from the page's own style, so that tokens.css stays the only place where they are written. */
export function useAntTheme(): ComputedRef<{ algorithm: typeof theme.defaultAlgorithm; token: Record<string, string | number | boolean> }> {
  const dark = useMediaQuery('(prefers-color-scheme: dark)');
  return computed(() => {
    const isDark = dark.value;
    const style = getComputedStyle(document.documentElement);
    const look = (name: string) => style.getPropertyValue(`--${name}`).trim();
    return {
      algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
      token: {
        colorPrimary: look('thread'),
        colorInfo: look('glaze'),
        colorSuccess: look('glaze'),
        colorWarning: look('warn-ink'),
        // Red is never an alarm (look.md): what cannot be undone is said in words.
        colorError: look('ink'),
        colorLink: look('ink'),
        colorText: look('ink'),
        colorTextSecondary: look('ink-2'),
        colorTextTertiary: look('ink-2'),
        colorTextPlaceholder: look('ink-2'),
        colorTextLightSolid: look('on-thread'),
        colorBorder: look('line'),
        colorBorderSecondary: look('hair'),
        colorBgLayout: isDark ? look('wall') : look('wall-lit'),
        colorBgContainer: look('paper'),
        colorBgElevated: look('paper'),
        borderRadius: 3,
        borderRadiusLG: 3,
        fontFamily: 'var(--font-label)',
        fontSize: 16,
        controlHeight: 44,
        controlHeightSM: 44,
        lineWidth: 1,
        wireframe: false,
        motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      },
    };
  });
}
