import { both } from './both';

/** The first page: what waits, and what was asked. */
export const today = both({
  title: 'Today',
  waiting: (n: number): string => (n === 1 ? 'text waits for your yes' : 'texts wait for your yes'),
  unanswered: (n: number): string => (n === 1 ? 'question has no answer yet' : 'questions have no answer yet'),
  drafts: (n: number): string => (n === 1 ? 'draft is being written' : 'drafts are being written'),
  untranslated: (n: number, language: string) => `${n === 1 ? 'exhibit lacks' : 'exhibits lack'} ${language}`,
  nothing: 'Nothing waits for you. The guide knows what you have told it.',
  asked: 'Asked in the last 30 days',
  askedNothing: 'Nobody has asked anything yet.',
  answered: 'answered', refused: 'not answered', talk: 'small talk', good: 'liked', bad: 'not liked',
  byDay: 'Questions by day',
  day: 'Day',
  mostAsked: 'Most asked about',
  answers: 'Answers',
}, {
  title: '今日',
  waiting: () => '篇文字等你审阅',
  unanswered: () => '个提问还没有答案',
  drafts: () => '篇草稿正在写',
  untranslated: (_, language) => `件展品缺${language}`,
  nothing: '没有待办。你写的，向导都知道了。',
  asked: '最近 30 天的提问',
  askedNothing: '还没有人提问。',
  answered: '已回答', refused: '未能回答', talk: '寒暄', good: '满意', bad: '不满意',
  byDay: '每日提问',
  day: '日期',
  mostAsked: '问得最多的展品',
  answers: '回答',
});
