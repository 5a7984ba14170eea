import { both } from './both';

/** Signing in and out, and the password. */
export const session = both({
  signIn: 'Sign in',
  signInHint: 'For those who write what the guide says.',
  account: 'Account',
  password: 'Password',
  signOut: 'Sign out',
  signInAgain: 'Sign in again',
  sessionEnded: 'You have been signed out, as happens after a while without work. Nothing on your page is lost: sign in and go on.',
  changePassword: 'Change password',
  currentPassword: 'Current password',
  newPassword: 'New password',
  newPasswordHint: 'At least 10 characters, without your account’s name in it.',
  passwordChanged: 'Your password is changed.',
}, {
  signIn: '登录',
  signInHint: '向导说什么，由你在这里写。',
  account: '账号',
  password: '密码',
  signOut: '退出',
  signInAgain: '重新登录',
  sessionEnded: '一段时间没有操作，已经退出登录。页面上写的都还在，登录后接着写。',
  changePassword: '修改密码',
  currentPassword: '当前密码',
  newPassword: '新密码',
  newPasswordHint: '至少 10 个字符，不能包含账号名。',
  passwordChanged: '密码已修改。',
});
