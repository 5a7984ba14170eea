// The layers without a view, for tests in a browser.
export { effectScope, ref, watch } from 'vue';
export { createVisitorPass } from '../../src/auth/visitorPass';
export { useVoiceConversation } from '../../src/conversation/useVoiceConversation';
