// JSON as a type, and its canonical text: keys in order of their UTF-16 code units, no blanks (RFC 8785 for the values bundles hold).
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
