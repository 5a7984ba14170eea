// The kiosk stands in the museum's own network: Chinese is set in our own fonts, of which the browser loads the slices that it shows.
import '@fontsource-variable/noto-serif-sc/wght.css';
import 'lxgw-wenkai-webfont/lxgwwenkai-regular.css';
