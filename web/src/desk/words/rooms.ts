import { both } from './both';

/** The rooms’ names. */
export const rooms = both({
  title: 'Rooms',
  intro: 'The guide names them when it shows the way.',
  number: 'Number',
  name: (language: string) => `Name in ${language}`,
  exhibits: 'Exhibits',
  none: 'No room has a name yet.',
  add: 'Add a room',
  remove: (n: number | null) => `Remove room ${String(n ?? '')}`,
  row: (n: number | null, part: string) => `Room ${String(n ?? '')}: ${part}`,
  save: 'Save the rooms',
  saved: 'Saved. The guide uses these names from now on.',
  theirs: 'Show how it is now',
}, {
  title: '展厅',
  intro: '向导指路时会说出它们的名字。',
  number: '编号',
  name: (language) => `${language}名称`,
  exhibits: '展品',
  none: '还没有给展厅命名。',
  add: '添加展厅',
  remove: (n) => `删除 ${String(n ?? '')} 号展厅`,
  row: (n, part) => `${String(n ?? '')} 号展厅：${part}`,
  save: '保存展厅',
  saved: '已保存，向导从现在起就用这些名字。',
  theirs: '看看现在的内容',
});
