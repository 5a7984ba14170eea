import { both } from './both';

/** What an exhibit consists of. */
export const fields = both({
  fields: {
    title: 'Title', aliases: 'Also called', maker: 'Made by', date: 'Date', material: 'Material and size', found: 'Comes from', home: 'Kept at',
    tags: 'Kinds', sources: 'Sources', suggested: 'Questions to offer', body: 'Text', hall: 'Room',
  },
  hints: {
    aliases: 'Other names by which visitors ask for it. One on each line.',
    tags: 'One on each line.',
    suggested: 'Only what the text answers is offered. One on each line.',
    sources: 'Where the text has it from; for curators, not for visitors. One on each line.',
    body: 'The guide answers from these sentences, word for word. Say the object’s name rather than “it”.',
    facts: 'The facts',
    names: 'Names and offers',
  },
}, {
  fields: {
    title: '标题', aliases: '别名', maker: '作者', date: '年代', material: '材质与尺寸', found: '来自', home: '收藏于',
    tags: '类别', sources: '资料来源', suggested: '推荐提问', body: '正文', hall: '展厅',
  },
  hints: {
    aliases: '观众可能用的其他叫法，每行一个。',
    tags: '每行一个。',
    suggested: '正文能回答的才会推荐给观众，每行一个。',
    sources: '正文的依据，只给策展人看，每行一个。',
    body: '向导逐字引用这些句子来回答。多写展品的名字，少用“它”。',
    facts: '基本信息',
    names: '别名与推荐',
  },
});
