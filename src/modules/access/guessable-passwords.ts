// Passwords that are guessed first: words and keyboard runs found at the head of every published list of leaked passwords, and the words of this
// work, whatever digits and signs stand around them. Our own list, kept short; words, not whole passwords, so that `Password2026!` is found too.

const words = [
  "password", "passwort", "passwd", "pass", "letmein", "welcome", "monkey", "dragon", "master", "shadow", "sunshine", "princess", "football", "baseball", "superman", "batman", "trustno",
  "iloveyou", "hello", "secret", "login", "admin", "administrator", "administrators", "root", "user", "guest", "test", "testing", "demo", "temp", "changeme", "default", "computer", "internet", "server", "system", "manager", "public", "private",
  "qwerty", "qwertyuiop", "asdf", "asdfgh", "asdfghjkl", "zxcv", "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc", "wsxedc", "qweasd", "qweasdzxc", "qwer", "qwertyui", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh", "aaa", "xxx",
  "woaini", "woaiwojia", "woaizhongguo", "woaibeijing", "nihao", "mima", "zhongguo", "china", "beijing", "shanghai", "wang", "zhang", "wangwei", "zhangwei", "lilei", "hanmeimei", "woshishui", "aini", "baobao", "laopo", "laogong", "mingtian",
  "qingce", "minzheng", "tuiyi", "tuiyijunren", "canlian", "dibao", "jiuzhu", "shebao", "xinxi", "zhengwu", "zhengfu", "renmin", "jiguan", "caiji", "shenhe", "gongan", "huji", "jiedao", "xiangzhen", "veteran", "veterans", "register", "collector", "reviewer", "office",
  "spring", "summer", "autumn", "winter", "january", "monday", "sunday", "love", "god", "money", "freedom", "whatever", "starwars", "pokemon", "jordan", "michael", "charlie", "thomas", "robert", "ashley", "jennifer",
];
const known = new Set(words);
const signs: Readonly<Record<string, string>> = { "@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t" };
const runs = ["01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p"];

/** Is the password, without the digits and signs around its letters, one of the words, one after the other, or a run of keys? */
export function isGuessable(password: string): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size <= 3) return true;
  const half = lower.slice(0, Math.ceil(lower.length / 2));
  if (half.length >= 3 && lower === (half + half).slice(0, lower.length)) return true;
  if (runs.some((run) => run.includes(lower))) return true;
  const inner = lower.replace(/^[^a-z]+|[^a-z]+$/g, "");
  const spell = (text: string): string => text.replace(/[@431!0$57]/g, (sign) => signs[sign] ?? sign).replace(/^[^a-z]+|[^a-z]+$/g, "");
  // A year, a date or a count around one of the words adds nothing; four letters more of one's own do.
  return [inner, spell(inner), spell(lower), lower.replace(/[^a-z]/g, "")].some((text) => text !== "" && (known.has(text) || runs.some((run) => text.length >= 4 && run.includes(text)) || ofTwoWords(text))) || (inner === "" && /^\D*(19|20)\d{2}[01]?\d?[0-3]?\d?\D*$/.test(lower));
}

function ofTwoWords(text: string): boolean {
  for (let i = 3; i <= text.length - 3; i += 1) if (known.has(text.slice(0, i)) && known.has(text.slice(i))) return true;
  return false;
}
