import { both } from './both';

/** The guide asked about a draft. */
export const preview = both({
  title: 'Ask the guide about this draft',
  intro: 'It answers as if the draft were live. Visitors notice nothing.',
  field: 'Ask something a visitor would ask',
  tongue: 'Language of the question',
  send: 'Ask',
  saveFirst: 'The guide reads what is saved.',
  saveAndAsk: 'Save the draft',
  thinking: 'Let me look…',
  refused: 'The texts do not say this.',
  other: 'another exhibit',
  try: 'Try one of these',
}, {
  title: '就这份草稿问问向导',
  intro: '向导会当作草稿已发布来回答，观众不会察觉。',
  field: '像观众那样问一句',
  tongue: '提问的语言',
  send: '提问',
  saveFirst: '向导读的是已保存的内容。',
  saveAndAsk: '保存草稿',
  thinking: '让我找一找……',
  refused: '资料里没有提到。',
  other: '另一件展品',
  try: '试着问问',
});
