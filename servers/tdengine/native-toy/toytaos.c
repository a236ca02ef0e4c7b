// A toy in-memory engine behind the C interface of include/taos.h.
// It exists so that the protocol side in front of it can be exercised; it is no database:
// nothing is persistent, memory of overwritten and dropped data is never returned, one lock guards all tables.
#define _GNU_SOURCE
#include <ctype.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>
#include "taos.h"

#define E(code) ((int)(0x80000000u | (code)))
#define BLOCK_ROWS 4096
#define MAXC 256 // columns and tags of a table, parameters of a statement

// ---------------------------------------------------------------- errors and threads

static __thread int last_code;
static __thread char last_text[512];

static int fail(int code, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(last_text, sizeof last_text, fmt, ap);
  va_end(ap);
  return last_code = E(code);
}

// What tests look at: what is open, and which rules of the interface were broken.
static int64_t open_conns, open_results, open_stmts, open_fields, open_consumers, open_messages, open_copies, polls, fetched_blocks, broken_rules;
static char broken_text[256];
#define COUNT(what, by) __atomic_add_fetch(&(what), by, __ATOMIC_SEQ_CST)
static void broken(const char *what) {
  COUNT(broken_rules, 1);
  snprintf(broken_text, sizeof broken_text, "%s", what);
}
int64_t toy_open_connections(void) { return COUNT(open_conns, 0); }
int64_t toy_open_results(void) { return COUNT(open_results, 0); }
int64_t toy_open_statements(void) { return COUNT(open_stmts, 0); }
int64_t toy_open_fields(void) { return COUNT(open_fields, 0); }
int64_t toy_open_consumers(void) { return COUNT(open_consumers, 0); }
int64_t toy_open_messages(void) { return COUNT(open_messages, 0); } // and what was taken out of them
int64_t toy_open_copies(void) { return COUNT(open_copies, 0); }
int64_t toy_polls(void) { return COUNT(polls, 0); }
int64_t toy_fetched_blocks(void) { return COUNT(fetched_blocks, 0); }
int64_t toy_broken_rules(void) { return COUNT(broken_rules, 0); }
const char *toy_broken_text(void) { return broken_text; }

typedef struct Job { void (*run)(void *); void *arg; struct Job *next; } Job;
static pthread_mutex_t jobs_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t jobs_ready = PTHREAD_COND_INITIALIZER;
static Job *jobs_head, **jobs_tail = &jobs_head;
static int jobs_waiting, workers_idle;

static void *work(void *unused) {
  pthread_mutex_lock(&jobs_lock);
  for (;;) {
    while (!jobs_head) {
      workers_idle++;
      pthread_cond_wait(&jobs_ready, &jobs_lock);
      workers_idle--;
    }
    Job *job = jobs_head;
    if (!(jobs_head = job->next)) jobs_tail = &jobs_head;
    jobs_waiting--;
    pthread_mutex_unlock(&jobs_lock);
    job->run(job->arg);
    free(job);
    pthread_mutex_lock(&jobs_lock);
  }
  return unused;
}

static void submit(void (*run)(void *), void *arg) {
  Job *job = malloc(sizeof *job);
  *job = (Job){run, arg, NULL};
  pthread_mutex_lock(&jobs_lock);
  *jobs_tail = job;
  jobs_tail = &job->next;
  if (++jobs_waiting > workers_idle) {
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_detach(thread);
  }
  pthread_cond_signal(&jobs_ready);
  pthread_mutex_unlock(&jobs_lock);
}

static void sleep_ms(int64_t ms) {
  nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

// ---------------------------------------------------------------- values, tables, databases

typedef struct { bool null; int32_t len; union { int64_t i; double d; __int128 w; char *s; }; } Val;
typedef struct { char name[65]; uint8_t type, prec, scale; int32_t bytes; } Col; // bytes as the user wrote them
typedef enum { L_NULL, L_INT, L_FLT, L_STR, L_BOOL, L_NOW } LitKind;
typedef struct { LitKind kind; int64_t i; double d; const char *s; int32_t len; } Lit; // s,len: the text as written

typedef struct Table Table;
typedef struct { Table *owner; Val v[]; } Row;
struct Table {
  char name[193], db[65];
  enum { SUPER, CHILD, PLAIN } kind;
  int ncols, ntags, prec;
  Col cols[MAXC]; // columns, then tags
  Val tags[128];
  Table *stb;
  Row **rows, **log; // rows by time, log by arrival
  int nrows, caprows, nlog, caplog;
  Table *next;
};
typedef struct Db { char name[65]; int prec; Table *tables; struct Db *next; } Db;
typedef struct Topic { char name[193], db[65], table[193]; bool meta; struct Topic *next; } Topic;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Db *dbs;
static Topic *topics;
static char *const PRECISION[] = {"ms", "us", "ns"};
static const int64_t PER_SECOND[] = {1000, 1000000, 1000000000};

static int fixed_size(int type) {
  static const int8_t size[] = {0, 1, 1, 2, 4, 8, 4, 8, 0, 8, 0, 1, 2, 4, 8, 0, 0, 16, 0, 0, 0, 8};
  return type < (int)sizeof size ? size[type] : 0;
}

static bool is_decimal(int type) { return type == TSDB_DATA_TYPE_DECIMAL || type == TSDB_DATA_TYPE_DECIMAL64; }

static Db *find_db(const char *name) {
  Db *d = dbs;
  while (d && strcmp(d->name, name)) d = d->next;
  return d;
}

static Table *find_table(const char *db, const char *name) {
  Db *d = find_db(db);
  Table *t = d ? d->tables : NULL;
  while (t && strcmp(t->name, name)) t = t->next;
  return t;
}

static int find_col(const Table *t, const char *name) {
  for (int i = 0; i < t->ncols + t->ntags; i++)
    if (!strcmp(t->cols[i].name, name)) return i;
  return -1;
}

static Table *new_table(const char *db, const char *name, int kind) {
  Table *t = calloc(1, sizeof *t);
  snprintf(t->name, sizeof t->name, "%s", name);
  snprintf(t->db, sizeof t->db, "%s", db);
  t->kind = kind;
  Db *d = find_db(db);
  if (d) {
    t->prec = d->prec;
    Table **end = &d->tables;
    while (*end) end = &(*end)->next;
    *end = t;
  }
  return t;
}

static Table *new_child(Table *stb, const char *name) {
  Table *t = new_table(stb->db, name, CHILD);
  t->stb = stb;
  t->ncols = stb->ncols;
  t->ntags = stb->ntags;
  memcpy(t->cols, stb->cols, sizeof t->cols);
  for (int i = 0; i < t->ntags; i++) t->tags[i].null = true;
  return t;
}

static void push(Row ***list, int *n, int *cap, Row *row) {
  if (*n == *cap) *list = realloc(*list, (*cap = *cap ? *cap * 2 : 64) * sizeof(Row *));
  (*list)[(*n)++] = row;
}

static void add_row(Table *t, Row *row) {
  row->owner = t;
  push(&t->log, &t->nlog, &t->caplog, row);
  if (t->stb) push(&t->stb->log, &t->stb->nlog, &t->stb->caplog, row);
  int lo = 0, hi = t->nrows;
  int64_t ts = row->v[0].i;
  if (hi && t->rows[hi - 1]->v[0].i < ts) lo = hi;
  while (lo < hi) {
    int mid = (lo + hi) / 2;
    if (t->rows[mid]->v[0].i < ts) lo = mid + 1; else hi = mid;
  }
  if (lo < t->nrows && t->rows[lo]->v[0].i == ts) {
    t->rows[lo] = row;
    return;
  }
  push(&t->rows, &t->nrows, &t->caprows, row);
  memmove(t->rows + lo + 1, t->rows + lo, (t->nrows - 1 - lo) * sizeof(Row *));
  t->rows[lo] = row;
}

static Row *new_row(int n) {
  Row *row = calloc(1, sizeof *row + n * sizeof(Val));
  for (int i = 0; i < n; i++) row->v[i].null = true;
  return row;
}

// ---------------------------------------------------------------- literals to values

static int64_t now_in(int prec) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return t.tv_sec * PER_SECOND[prec] + t.tv_nsec / (1000000000 / PER_SECOND[prec]);
}

static bool parse_time(const char *s, int prec, int64_t *out) { // zone-less text counts as UTC
  struct tm tm = {0};
  const char *p = strptime(s, "%Y-%m-%d", &tm);
  if (!p) return false;
  if (*p == ' ' || *p == 'T') p = strptime(p + 1, "%H:%M:%S", &tm);
  if (!p) return false;
  int64_t fraction = 0, unit = 1000000000;
  if (*p == '.')
    for (p++; isdigit((unsigned char)*p); p++) fraction += (*p - '0') * (unit /= 10);
  int64_t seconds = timegm(&tm);
  int h = 0, m = 0;
  if (*p == '+' || *p == '-') {
    if (sscanf(p + 1, "%2d:%2d", &h, &m) < 1) return false;
    seconds -= (*p == '+' ? 1 : -1) * (h * 3600 + m * 60);
  } else if (*p && *p != 'Z') {
    return false;
  }
  *out = seconds * PER_SECOND[prec] + fraction / (1000000000 / PER_SECOND[prec]);
  return true;
}

static bool parse_decimal(const char *s, int len, int scale, __int128 *out) {
  bool negative = false, point = false;
  int digits = 0;
  __int128 v = 0;
  for (int i = 0; i < len; i++) {
    if (i == 0 && (s[i] == '-' || s[i] == '+')) negative = s[i] == '-';
    else if (s[i] == '.' && !point) point = true;
    else if (isdigit((unsigned char)s[i])) {
      if (!point || digits++ < scale) v = v * 10 + (s[i] - '0');
    } else return false;
  }
  for (; digits < scale; digits++) v *= 10;
  *out = negative ? -v : v;
  return true;
}

static void set_bytes(Val *v, const void *s, int32_t len) {
  v->null = false;
  v->s = memcpy(malloc(len + 1), s, len);
  v->s[len] = 0;
  v->len = len;
}

static int utf8_length(const char *s, int len) {
  int n = 0;
  for (int i = 0; i < len; i++) n += (s[i] & 0xc0) != 0x80;
  return n;
}

static int to_val(const Col *c, int prec, const Lit *l, Val *v) {
  *v = (Val){.null = l->kind == L_NULL};
  if (v->null) return 0;
  char text[128];
  snprintf(text, sizeof text, "%.*s", l->len, l->s ? l->s : "");
  double x, y;
  switch (c->type) {
    case TSDB_DATA_TYPE_TIMESTAMP:
      if (l->kind == L_NOW) v->i = now_in(prec) + l->i * PER_SECOND[prec] / 1000;
      else if (l->kind == L_INT) v->i = l->i;
      else if (l->kind != L_STR || !parse_time(text, prec, &v->i)) return fail(0x2606, "Timestamp data out of range or invalid: %s", text);
      return 0;
    case TSDB_DATA_TYPE_FLOAT:
    case TSDB_DATA_TYPE_DOUBLE:
      v->d = l->kind == L_STR ? strtod(text, NULL) : l->kind == L_FLT ? l->d : (double)l->i;
      return 0;
    case TSDB_DATA_TYPE_DECIMAL:
    case TSDB_DATA_TYPE_DECIMAL64:
      return parse_decimal(text, strlen(text), c->scale, &v->w) ? 0 : fail(0x2600, "invalid decimal: %s", text);
    case TSDB_DATA_TYPE_GEOMETRY:
      if (sscanf(text, "POINT(%lf %lf)", &x, &y) == 2 || sscanf(text, "POINT (%lf %lf)", &x, &y) == 2) {
        char wkb[21] = {1, 1};
        memcpy(wkb + 5, &x, 8);
        memcpy(wkb + 13, &y, 8);
        set_bytes(v, wkb, sizeof wkb);
        return 0;
      }
      return fail(0x2600, "only POINT(x y) is understood");
    case TSDB_DATA_TYPE_VARBINARY:
    case TSDB_DATA_TYPE_BLOB:
      if (l->len >= 2 && l->s[0] == '\\' && l->s[1] == 'x') {
        int n = (l->len - 2) / 2;
        char *bytes = malloc(n + 1);
        for (int i = 0; i < n; i++) sscanf(l->s + 2 + 2 * i, "%2hhx", (unsigned char *)bytes + i);
        set_bytes(v, bytes, n);
        free(bytes);
        return 0;
      } // fall through
    case TSDB_DATA_TYPE_VARCHAR:
    case TSDB_DATA_TYPE_NCHAR:
    case TSDB_DATA_TYPE_JSON: {
      int n = c->type == TSDB_DATA_TYPE_NCHAR ? utf8_length(l->s, l->len) : l->len;
      if (c->bytes && n > c->bytes) return fail(0x2653, "Value too long for column/tag: %s", c->name);
      set_bytes(v, l->s, l->len);
      return 0;
    }
    default:
      v->i = l->kind == L_FLT ? (int64_t)l->d : l->kind == L_STR ? (int64_t)strtoull(text, NULL, 10) : l->i;
      return 0;
  }
}

static int compare(const Col *c, const Val *a, const Val *b) {
  if (c->type == TSDB_DATA_TYPE_FLOAT || c->type == TSDB_DATA_TYPE_DOUBLE) return a->d < b->d ? -1 : a->d > b->d;
  if (is_decimal(c->type)) return a->w < b->w ? -1 : a->w > b->w;
  if (c->type == TSDB_DATA_TYPE_UBIGINT) return (uint64_t)a->i < (uint64_t)b->i ? -1 : (uint64_t)a->i > (uint64_t)b->i;
  if (fixed_size(c->type)) return a->i < b->i ? -1 : a->i > b->i;
  int d = memcmp(a->s, b->s, a->len < b->len ? a->len : b->len);
  return d ? d : a->len - b->len;
}

// ---------------------------------------------------------------- raw blocks

static int32_t wire_bytes(const Col *c) {
  if (is_decimal(c->type)) return c->scale | c->prec << 8 | fixed_size(c->type) << 24;
  if (c->type == TSDB_DATA_TYPE_NCHAR) return c->bytes * 4 + 2;
  if (c->type == TSDB_DATA_TYPE_BLOB) return c->bytes + 4;
  return fixed_size(c->type) ? fixed_size(c->type) : c->bytes + 2;
}

static void put_fixed(char *p, int type, const Val *v) {
  float f = v->d;
  if (type == TSDB_DATA_TYPE_FLOAT) memcpy(p, &f, 4);
  else if (type == TSDB_DATA_TYPE_DECIMAL) memcpy(p, &v->w, 16);
  else memcpy(p, &v->i, fixed_size(type)); // little-endian: the low bytes; a double shares the place
}

static int put_nchar(char *p, const char *s, int len) { // UTF-8 to UCS-4
  int n = 0;
  for (int i = 0; i < len; n += 4) {
    unsigned char b = s[i++];
    int more = b >= 0xf0 ? 3 : b >= 0xe0 ? 2 : b >= 0xc0 ? 1 : 0;
    uint32_t c = more ? b & (0x3f >> more) : b;
    while (more-- && i < len) c = c << 6 | (s[i++] & 0x3f);
    memcpy(p + n, &c, 4);
  }
  return n;
}

static void put32(char *p, int32_t v) { memcpy(p, &v, 4); }

static char *block_head(char *b, int version, int rows, int n, const Col *cols) {
  memset(b, 0, 28);
  put32(b, version);
  put32(b + 8, rows);
  put32(b + 12, n);
  put32(b + 16, (int32_t)0x80000000u);
  for (int i = 0; i < n; i++) {
    b[28 + 5 * i] = cols[i].type;
    put32(b + 29 + 5 * i, wire_bytes(&cols[i]));
  }
  return b + 28 + 9 * n;
}

static char *encode(int version, int n, const Col *cols, Val **rows, int nrows) {
  size_t cap = 29 + 9 * (size_t)n;
  for (int c = 0; c < n; c++) {
    int size = fixed_size(cols[c].type);
    cap += size ? (nrows + 7) / 8 + (size_t)size * nrows : 4 * (size_t)nrows;
    for (int r = 0; !size && r < nrows; r++) cap += rows[r][c].null ? 0 : 4 + (size_t)rows[r][c].len * 4;
  }
  char *b = malloc(cap), *p = block_head(b, version, nrows, n, cols);
  for (int c = 0; c < n; c++) {
    int type = cols[c].type, size = fixed_size(type);
    char *head = p;
    p += size ? (nrows + 7) / 8 : nrows * 4;
    memset(head, 0, p - head);
    char *data = p;
    for (int r = 0; r < nrows; r++) {
      const Val *v = &rows[r][c];
      if (size) {
        if (v->null) head[r / 8] |= 0x80 >> (r % 8), memset(p, 0, size);
        else put_fixed(p, type, v);
        p += size;
        continue;
      }
      put32(head + 4 * r, v->null ? -1 : p - data);
      if (v->null) continue;
      int h = type == TSDB_DATA_TYPE_BLOB ? 4 : 2, len = v->len;
      if (type == TSDB_DATA_TYPE_NCHAR) len = put_nchar(p + h, v->s, v->len);
      else memcpy(p + h, v->s, len);
      memcpy(p, &len, h);
      p += h + len;
    }
    put32(b + 28 + 5 * n + 4 * c, p - data);
  }
  *p++ = 0;
  put32(b + 4, p - b);
  return b;
}

// the generator: rows made on the fly
static const Col GEN[] = {{"ts", TSDB_DATA_TYPE_TIMESTAMP, 0, 0, 8}, {"i", TSDB_DATA_TYPE_INT, 0, 0, 4}, {"d", TSDB_DATA_TYPE_DOUBLE, 0, 0, 8},
                          {"b", TSDB_DATA_TYPE_BIGINT, 0, 0, 8}, {"s", TSDB_DATA_TYPE_VARCHAR, 0, 0, 16}};

static char *generate(int64_t from, int n) { // every 16th d is NULL, s has 14 bytes
  char *b = malloc(128 + n * 64), *p = block_head(b, 1, n, 5, GEN);
  int32_t *lengths = (int32_t *)(b + 28 + 25);
  for (int c = 0; c < 4; c++) {
    int size = fixed_size(GEN[c].type);
    char *bitmap = p;
    memset(p, 0, (n + 7) / 8);
    p += (n + 7) / 8;
    for (int r = 0; r < n; r++, p += size) {
      int64_t k = from + r;
      Val v = {.i = c == 0 ? 1700000000000 + k : c == 1 ? k : k * 1000003};
      if (c == 2) v.d = k * 0.5;
      if (c == 2 && k % 16 == 15) bitmap[r / 8] |= 0x80 >> (r % 8), v.i = 0;
      put_fixed(p, GEN[c].type, &v);
    }
    lengths[c] = n * size;
  }
  for (int r = 0; r < n; r++, p += 4) put32(p, r * 16);
  lengths[4] = n * 16;
  for (int r = 0; r < n; r++, p += 16) {
    memcpy(p, "\x0e\0row-0000000000", 16);
    int64_t k = from + r;
    for (char *q = p + 15; k; k /= 10) *q-- = '0' + k % 10;
  }
  *p++ = 0;
  put32(b + 4, p - b);
  return b;
}

// ---------------------------------------------------------------- connections and results

typedef struct Conn { int64_t used; char user[64], db[65], app[64], ip[64]; __taos_notify_fn_t notify[3]; void *notify_param[3]; struct Conn *next; } Conn;
static Conn *conns;

typedef struct Res {
  int code;
  char text[512];
  bool update, of_stmt, freed;
  int busy; // a call is at work on it
  Conn *conn;
  int64_t affected;
  int n, prec;
  Col *cols;
  TAOS_FIELD_E *fields;
  Val **rows;
  int nrows, pos;
  int64_t gen_rows, gen_pos, gen_fail, gen_wait; // generator: rows in all, done, fail after, ms per block
  char *block;
  int lengths[MAXC];
  // subscription message
  struct tmq_t *consumer;
  int type;
  bool named;
  Topic *topic;
  Table *owner;
  int64_t offset;
} Res;

static Res *new_res(void) { return calloc(1, sizeof(Res)); }

static void set_cols(Res *r, int n, const Col *cols) {
  r->n = n;
  r->cols = memcpy(malloc(n * sizeof *cols), cols, n * sizeof *cols);
  r->fields = calloc(n, sizeof *r->fields);
  for (int i = 0; i < n; i++) {
    memcpy(r->fields[i].name, cols[i].name, 65);
    r->fields[i].type = cols[i].type;
    r->fields[i].precision = cols[i].prec;
    r->fields[i].scale = cols[i].scale;
    r->fields[i].bytes = fixed_size(cols[i].type) ? fixed_size(cols[i].type) : cols[i].bytes;
    r->lengths[i] = wire_bytes(&cols[i]);
  }
}

static Val *new_result_row(Res *r) {
  if ((r->nrows & (r->nrows - 1)) == 0) r->rows = realloc(r->rows, (r->nrows ? r->nrows * 2 : 1) * sizeof(Val *));
  return r->rows[r->nrows++] = calloc(r->n ? r->n : 1, sizeof(Val));
}

static void free_res(Res *r) {
  for (int i = 0; i < r->nrows; i++) free(r->rows[i]); // the bytes of strings belong to the tables
  free(r->rows);
  free(r->cols);
  free(r->fields);
  free(r->block);
  free(r);
}

static int next_block(Res *r) { // rows, 0 at the end, < 0 error
  if (r->code) return r->code;
  free(r->block);
  r->block = NULL;
  if (r->gen_rows) {
    int64_t n = r->gen_rows - r->gen_pos;
    if (r->gen_wait) sleep_ms(r->gen_wait);
    if (r->gen_fail >= 0 && r->gen_pos >= r->gen_fail) {
      snprintf(r->text, sizeof r->text, "toy engine: failed after %ld rows", (long)r->gen_pos);
      return r->code = E(0x0707);
    }
    if (n > BLOCK_ROWS) n = BLOCK_ROWS;
    if (n > 0) r->block = generate(r->gen_pos, n);
    r->gen_pos += n;
    return n;
  }
  int n = r->nrows - r->pos;
  if (n > BLOCK_ROWS) n = BLOCK_ROWS;
  if (n > 0) r->block = encode(r->topic ? 2 : 1, r->n, r->cols, r->rows + r->pos, n);
  r->pos += n;
  return n;
}

// ---------------------------------------------------------------- lexer

typedef struct { enum { T_END, T_WORD, T_NAME, T_STRING, T_NUMBER, T_PUNCT, T_MARK } kind; char s[65600]; int len; } Tok;
typedef struct {
  const char *p;
  Tok t;
  Conn *conn;
  const Lit *params; // values of the marks, in order
  int nparams, mark;
} Lex;

static void next(Lex *x) {
  const char *p = x->p;
  Tok *t = &x->t;
  for (;;) {
    while (isspace((unsigned char)*p)) p++;
    if (p[0] == '-' && p[1] == '-') while (*p && *p != '\n') p++;
    else if (p[0] == '/' && p[1] == '*') { const char *e = strstr(p, "*/"); p = e ? e + 2 : p + strlen(p); }
    else break;
  }
  t->len = 0;
  if (!*p || *p == ';') {
    t->kind = T_END;
  } else if (*p == '\'' || *p == '"' || *p == '`') {
    char q = *p++;
    t->kind = q == '`' ? T_NAME : T_STRING;
    while (*p && t->len < (int)sizeof t->s - 2) {
      if (*p == q && p[1] == q) p++;
      else if (*p == q) break;
      else if (*p == '\\' && q != '`' && p[1]) {
        p++;
        char c = *p++;
        if (c == 'x' && t->len == 0) t->s[t->len++] = '\\';
        if (c == '%' || c == '_') t->s[t->len++] = '\\';
        t->s[t->len++] = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
        continue;
      }
      t->s[t->len++] = *p++;
    }
    if (*p) p++;
  } else if (isalpha((unsigned char)*p) || *p == '_') {
    t->kind = T_WORD;
    while ((isalnum((unsigned char)*p) || *p == '_') && t->len < 190) t->s[t->len++] = tolower((unsigned char)*p++);
  } else if (isdigit((unsigned char)*p) || (*p == '.' && isdigit((unsigned char)p[1]))) {
    t->kind = T_NUMBER;
    while ((isalnum((unsigned char)*p) || *p == '.' || ((*p == '-' || *p == '+') && tolower((unsigned char)p[-1]) == 'e')) && t->len < 100) t->s[t->len++] = *p++;
  } else {
    t->kind = *p == '?' ? T_MARK : T_PUNCT;
    t->s[t->len++] = *p++;
    if ((t->s[0] == '<' && (*p == '=' || *p == '>')) || ((t->s[0] == '>' || t->s[0] == '!') && *p == '=')) t->s[t->len++] = *p++;
  }
  t->s[t->len] = 0;
  x->p = p;
}

static bool at(Lex *x, const char *s) { return (x->t.kind == T_WORD || x->t.kind == T_PUNCT) && !strcmp(x->t.s, s); }
static bool eat(Lex *x, const char *s) { return at(x, s) ? next(x), true : false; }
static int syntax(Lex *x) { return fail(0x2600, "syntax error near \"%.40s\"", x->t.kind == T_END ? "end of statement" : x->t.s); }
static bool want(Lex *x, const char *s) { return eat(x, s) || (syntax(x), false); }

static bool name(Lex *x, char *out, int size) {
  if (x->t.kind != T_WORD && x->t.kind != T_NAME) return syntax(x), false;
  snprintf(out, size, "%s", x->t.s);
  next(x);
  return true;
}

static bool table_name(Lex *x, char *db, char *tb) { // [db.]name
  snprintf(db, 65, "%s", x->conn->db);
  if (!name(x, tb, 193)) return false;
  if (!eat(x, ".")) return true;
  snprintf(db, 65, "%.64s", tb);
  return name(x, tb, 193);
}

static bool literal(Lex *x, Lit *l) { // the text of a string or number is copied
  int sign = 1;
  *l = (Lit){0};
  if (x->t.kind == T_MARK) {
    if (x->mark >= x->nparams) return fail(0x022A, "not enough bound values"), false;
    *l = x->params[x->mark++];
  } else if (x->t.kind == T_STRING) {
    *l = (Lit){L_STR, .s = memcpy(malloc(x->t.len + 1), x->t.s, x->t.len + 1), .len = x->t.len};
  } else if (at(x, "null")) {
  } else if (at(x, "true") || at(x, "false")) {
    *l = (Lit){L_BOOL, .i = at(x, "true")};
  } else if (at(x, "now")) {
    l->kind = L_NOW;
    next(x);
    if (eat(x, "(")) { if (!want(x, ")")) return false; }
    if (at(x, "+") || at(x, "-")) {
      sign = at(x, "+") ? 1 : -1;
      next(x);
      char unit = 's';
      sscanf(x->t.s, "%ld%c", &l->i, &unit);
      l->i *= sign * (unit == 'a' ? 1 : unit == 's' ? 1000 : unit == 'm' ? 60000 : unit == 'h' ? 3600000 : 86400000);
      next(x);
    }
    return true;
  } else {
    if (at(x, "-") || at(x, "+")) sign = at(x, "-") ? -1 : 1, next(x);
    if (x->t.kind != T_NUMBER) return syntax(x), false;
    char *end, text[128];
    snprintf(text, sizeof text, "%s%s", sign < 0 ? "-" : "", x->t.s);
    bool real = strpbrk(text, ".eE") != NULL;
    double d = strtod(text, &end);
    if (*end) return syntax(x), false;
    *l = (Lit){real ? L_FLT : L_INT, .d = d, .i = sign < 0 ? strtoll(text, NULL, 10) : (int64_t)strtoull(text, NULL, 10), .s = strdup(text), .len = strlen(text)};
  }
  next(x);
  return true;
}

// ---------------------------------------------------------------- statements

static bool column_type(Lex *x, Col *c) {
  static const struct { const char *name; int type; } T[] = {
      {"bool", 1}, {"tinyint", 2}, {"smallint", 3}, {"int", 4}, {"integer", 4}, {"bigint", 5}, {"float", 6}, {"double", 7}, {"varchar", 8}, {"binary", 8},
      {"timestamp", 9}, {"nchar", 10}, {"json", 15}, {"varbinary", 16}, {"decimal", 17}, {"blob", 18}, {"geometry", 20}};
  char word[65];
  if (!name(x, word, sizeof word)) return false;
  c->type = 0;
  for (size_t i = 0; i < sizeof T / sizeof *T; i++)
    if (!strcmp(word, T[i].name)) c->type = T[i].type;
  if (!c->type) return syntax(x), false;
  if (eat(x, "unsigned")) c->type += 9; // 2..5 -> 11..14
  int a = 0, b = 0;
  if (eat(x, "(")) {
    a = atoi(x->t.s);
    next(x);
    if (eat(x, ",")) b = atoi(x->t.s), next(x);
    if (!want(x, ")")) return false;
  }
  c->bytes = fixed_size(c->type) ? fixed_size(c->type) : a ? a : c->type == TSDB_DATA_TYPE_JSON ? 4095 : c->type == TSDB_DATA_TYPE_BLOB ? 4194304 : 1;
  if (c->type == TSDB_DATA_TYPE_DECIMAL) {
    c->prec = a, c->scale = b;
    if (a <= 18) c->type = TSDB_DATA_TYPE_DECIMAL64;
    c->bytes = fixed_size(c->type);
  }
  if (eat(x, "primary")) want(x, "key");
  return true;
}

static int column_list(Lex *x, Col *cols, int *n) {
  if (!want(x, "(")) return last_code;
  do {
    if (*n >= MAXC) return fail(0x2600, "too many columns");
    memset(&cols[*n], 0, sizeof(Col));
    if (!name(x, cols[*n].name, 65) || !column_type(x, &cols[*n])) return last_code;
    ++*n;
  } while (eat(x, ","));
  return want(x, ")") ? 0 : last_code;
}

static int need_db(const char *db) {
  if (!*db) return fail(0x2616, "Database not specified");
  return find_db(db) ? 0 : fail(0x0388, "Database not exist: %s", db);
}

static int no_table(const char *db, const char *tb) {
  int code = need_db(db);
  return code ? code : fail(0x2603, "Table does not exist: %s.%s", db, tb);
}

static bool if_not_exists(Lex *x) { return eat(x, "if") && want(x, "not") && want(x, "exists"); }
static bool if_exists(Lex *x) { return eat(x, "if") && want(x, "exists"); }

// [(tag, …)] TAGS (value, …) for a child of stb; values of marks are left to the caller when fields is given
static int child_tags(Lex *x, Table *stb, int *order, Lit *vals, int *n) {
  *n = 0;
  int named = 0;
  if (eat(x, "(")) {
    do {
      char tag[65];
      if (!name(x, tag, 65)) return last_code;
      if ((order[named++] = find_col(stb, tag)) < stb->ncols) return fail(0x2602, "Invalid tag name: %s", tag);
    } while (eat(x, ","));
    if (!want(x, ")")) return last_code;
  }
  if (!named) for (; named < stb->ntags; named++) order[named] = stb->ncols + named;
  if (!want(x, "tags") || !want(x, "(")) return last_code;
  do {
    if (*n >= named) return syntax(x);
    if (!literal(x, &vals[*n])) return last_code;
    ++*n;
  } while (eat(x, ","));
  return want(x, ")") ? 0 : last_code;
}

static int make_child(Table *stb, const char *tb, const int *order, const Lit *vals, int n, Table **out) {
  Table *t = new_child(stb, tb);
  for (int i = 0; i < n; i++) {
    int code = to_val(&stb->cols[order[i]], stb->prec, &vals[i], &t->tags[order[i] - stb->ncols]);
    if (code) return code;
  }
  *out = t;
  return 0;
}

static int create(Lex *x) {
  char db[65], tb[193], stb[193];
  int order[128], n;
  Lit vals[128];
  if (eat(x, "database")) {
    bool quiet = if_not_exists(x);
    if (!name(x, db, 65)) return last_code;
    if (find_db(db)) return quiet ? 0 : fail(0x0381, "Database already exists: %s", db);
    Db *d = calloc(1, sizeof *d);
    snprintf(d->name, 65, "%s", db);
    while (x->t.kind != T_END) {
      bool precision = eat(x, "precision");
      if (precision) d->prec = !strcmp(x->t.s, "us") ? 1 : !strcmp(x->t.s, "ns") ? 2 : 0;
      next(x);
    }
    d->next = dbs;
    dbs = d;
    return 0;
  }
  if (eat(x, "topic")) {
    bool quiet = if_not_exists(x);
    Topic *t = calloc(1, sizeof *t), **end = &topics;
    if (!name(x, t->name, 193)) return last_code;
    for (; *end; end = &(*end)->next)
      if (!strcmp((*end)->name, t->name)) return quiet ? 0 : fail(0x03F0, "Topic already exists");
    if (eat(x, "with")) t->meta = want(x, "meta");
    if (!want(x, "as")) return last_code;
    while (x->t.kind != T_END && !at(x, "from") && !at(x, "stable") && !at(x, "database")) next(x);
    bool whole = at(x, "database");
    next(x);
    if (whole ? !name(x, t->db, 65) : !table_name(x, t->db, t->table)) return last_code;
    if (whole ? need_db(t->db) : !find_table(t->db, t->table)) return whole ? last_code : no_table(t->db, t->table);
    *end = t;
    return 0;
  }
  if (!eat(x, "table") && !eat(x, "stable")) return syntax(x);
  do {
    bool quiet = if_not_exists(x);
    if (!table_name(x, db, tb)) return last_code;
    int code = need_db(db);
    if (code) return code;
    bool exists = find_table(db, tb) != NULL;
    if (exists && !quiet) return fail(0x2618, "Table already exists: %s", tb);
    if (eat(x, "using")) {
      char sdb[65];
      Table *child;
      if (!table_name(x, sdb, stb)) return last_code;
      Table *s = find_table(sdb, stb);
      if (!s) return no_table(sdb, stb);
      if ((code = child_tags(x, s, order, vals, &n))) return code;
      if (!exists && (code = make_child(s, tb, order, vals, n, &child))) return code;
      continue;
    }
    Table tmp = {0};
    if ((code = column_list(x, tmp.cols, &tmp.ncols))) return code;
    n = tmp.ncols;
    if (eat(x, "tags") && (code = column_list(x, tmp.cols, &n))) return code;
    if (tmp.cols[0].type != TSDB_DATA_TYPE_TIMESTAMP) return fail(0x2622, "First column must be timestamp");
    if (exists) return 0;
    Table *t = new_table(db, tb, n > tmp.ncols ? SUPER : PLAIN);
    t->ncols = tmp.ncols;
    t->ntags = n - tmp.ncols;
    memcpy(t->cols, tmp.cols, sizeof t->cols);
    return 0;
  } while (x->t.kind == T_WORD || x->t.kind == T_NAME);
  return 0;
}

static int drop(Lex *x) {
  char db[65], tb[193];
  if (eat(x, "database")) {
    bool quiet = if_exists(x);
    if (!name(x, db, 65)) return last_code;
    for (Db **d = &dbs; *d; d = &(*d)->next)
      if (!strcmp((*d)->name, db)) return *d = (*d)->next, 0;
    return quiet ? 0 : fail(0x0388, "Database not exist: %s", db);
  }
  if (eat(x, "topic")) {
    bool quiet = if_exists(x);
    if (!name(x, tb, 193)) return last_code;
    for (Topic **t = &topics; *t; t = &(*t)->next)
      if (!strcmp((*t)->name, tb)) return *t = (*t)->next, 0;
    return quiet ? 0 : fail(0x03F1, "Topic not exist");
  }
  if (!eat(x, "table") && !eat(x, "stable")) return syntax(x);
  bool quiet = if_exists(x);
  if (!table_name(x, db, tb)) return last_code;
  Db *d = find_db(db);
  Table *victim = find_table(db, tb);
  if (!victim) return quiet ? 0 : no_table(db, tb);
  for (Table **t = &d->tables; *t;) {
    if (*t == victim || (*t)->stb == victim) *t = (*t)->next; else t = &(*t)->next;
  }
  return 0;
}

static int insert(Lex *x, int64_t *affected) { // after INSERT INTO
  while (x->t.kind != T_END) {
    char db[65], tb[193], sdb[65], stb[193];
    int order[128], cols[MAXC], ntags = 0, ncols = 0, code;
    Lit tags[128], l;
    if (!table_name(x, db, tb)) return last_code;
    Table *t = find_table(db, tb);
    if (eat(x, "using")) {
      if (!table_name(x, sdb, stb)) return last_code;
      Table *s = find_table(sdb, stb);
      if (!s) return no_table(sdb, stb);
      if ((code = child_tags(x, s, order, tags, &ntags))) return code;
      if (!t && (code = make_child(s, tb, order, tags, ntags, &t))) return code;
    }
    if (!t) return no_table(db, tb);
    if (eat(x, "(")) {
      do {
        char c[65];
        if (!name(x, c, 65)) return last_code;
        if ((cols[ncols++] = find_col(t, c)) < 0) return fail(0x2602, "Invalid column name: %s", c);
      } while (eat(x, ","));
      if (!want(x, ")")) return last_code;
    }
    if (!ncols) for (; ncols < t->ncols; ncols++) cols[ncols] = ncols;
    if (!want(x, "values") || !at(x, "(")) return syntax(x);
    while (eat(x, "(")) {
      Row *row = new_row(t->ncols);
      for (int i = 0; i < ncols; i++) {
        if (i && !want(x, ",")) return last_code;
        if (!literal(x, &l) || (code = to_val(&t->cols[cols[i]], t->prec, &l, &row->v[cols[i]]))) return last_code;
      }
      if (!want(x, ")")) return last_code;
      if (row->v[0].null) return fail(0x2606, "Primary timestamp column should not be null");
      add_row(t, row);
      ++*affected;
      eat(x, ",");
    }
  }
  return 0;
}

// virtual tables of information_schema
static void virtual_row(Table *t, int64_t ts, const char *a, const char *b, const char *c, const char *d) {
  Row *row = new_row(5);
  const char *s[] = {a, b, c, d};
  row->v[4] = (Val){.i = ts};
  for (int i = 0; i < 4 && i < t->ncols - 1; i++) if (s[i]) set_bytes(&row->v[i], s[i], strlen(s[i]));
  push(&t->rows, &t->nrows, &t->caprows, row);
  row->owner = t;
}

static Table *virtual_table(const char *tb) {
  Table *t = calloc(1, sizeof *t);
  t->kind = PLAIN;
  static const char *HEAD[][5] = {{"ins_databases", "name", "precision", "status", "engine"}, {"ins_stables", "stable_name", "db_name", "comment", "engine"},
                                  {"ins_tables", "table_name", "db_name", "stable_name", "type"}, {"ins_topics", "topic_name", "db_name", "sql", "type"}};
  int k = 0;
  while (k < 4 && strcmp(tb, HEAD[k][0])) k++;
  if (k == 4) return free(t), NULL;
  for (int i = 0; i < 4; i++) {
    t->cols[i] = (Col){.type = TSDB_DATA_TYPE_VARCHAR, .bytes = 192};
    snprintf(t->cols[i].name, 65, "%s", HEAD[k][i + 1]);
  }
  t->cols[4] = (Col){"create_time", TSDB_DATA_TYPE_TIMESTAMP, 0, 0, 8};
  t->ncols = 5;
  int64_t ts = 1700000000000;
  if (k == 0) {
    virtual_row(t, ts, "information_schema", NULL, "ready", "toy");
    virtual_row(t, ts, "performance_schema", NULL, "ready", "toy");
  }
  for (Db *d = dbs; d; d = d->next) {
    if (k == 0) virtual_row(t, ts, d->name, PRECISION[d->prec], "ready", "toy");
    for (Table *s = d->tables; s; s = s->next) {
      if (k == 1 && s->kind == SUPER) virtual_row(t, ts, s->name, d->name, "", "toy");
      if (k == 2 && s->kind != SUPER) virtual_row(t, ts, s->name, d->name, s->stb ? s->stb->name : NULL, s->stb ? "CHILD_TABLE" : "NORMAL_TABLE");
    }
  }
  for (Topic *p = topics; p && k == 3; p = p->next) virtual_row(t, ts, p->name, p->db, "", "column");
  return t;
}

typedef struct { int col; enum { EQ, NE, LT, LE, GT, GE, ISNULL, NOTNULL } op; Val v; bool or; } Cond; // col -1: tbname
static const Col TBNAME = {"tbname", TSDB_DATA_TYPE_VARCHAR, 0, 0, 192};

static Val cell(const Table *t, const Row *row, int col) {
  if (col < 0) return (Val){.s = row->owner->name, .len = strlen(row->owner->name)};
  return col < t->ncols ? row->v[col] : row->owner->tags[col - t->ncols];
}

static int where(Lex *x, const Table *t, Cond *conds, int *n) {
  if (!eat(x, "where")) return 0;
  bool or = false;
  do {
    char c[65];
    Lit l;
    if (*n == 16) return fail(0x2600, "toy engine: at most 16 conditions");
    Cond *k = &conds[(*n)++];
    *k = (Cond){.or = or};
    if (!name(x, c, 65)) return last_code;
    k->col = strcmp(c, "tbname") ? find_col(t, c) : -1;
    if (k->col < 0 && strcmp(c, "tbname")) return fail(0x2602, "Invalid column name: %s", c);
    const Col *col = k->col < 0 ? &TBNAME : &t->cols[k->col];
    if (eat(x, "is")) {
      k->op = eat(x, "not") ? NOTNULL : ISNULL;
      if (!want(x, "null")) return last_code;
      continue;
    }
    static const char *OPS[] = {"=", "<>", "<", "<=", ">", ">=", "!="};
    int op = 0;
    while (op < 7 && !at(x, OPS[op])) op++;
    if (op == 7) return syntax(x);
    k->op = op == 6 ? NE : op;
    next(x);
    if (!literal(x, &l) || to_val(col, t->prec, &l, &k->v)) return last_code;
  } while (at(x, "and") || at(x, "or") ? or = at(x, "or"), next(x), true : false);
  return 0;
}

static bool matches(const Table *t, const Row *row, const Cond *conds, int n) { // left to right, no precedence
  bool ok = true;
  for (int i = 0; i < n; i++) {
    const Cond *k = &conds[i];
    Val v = cell(t, row, k->col);
    bool hit = k->op == ISNULL ? v.null : k->op == NOTNULL ? !v.null : false;
    if (k->op < ISNULL && !v.null && !k->v.null) {
      int d = compare(k->col < 0 ? &TBNAME : &t->cols[k->col], &v, &k->v);
      hit = k->op == EQ ? d == 0 : k->op == NE ? d != 0 : k->op == LT ? d < 0 : k->op == LE ? d <= 0 : k->op == GT ? d > 0 : d >= 0;
    }
    ok = i == 0 ? hit : k->or ? ok || hit : ok && hit;
  }
  return ok;
}

static const Table *sort_table;
static int sort_col, sort_sign;
static int by_cell(const void *a, const void *b) {
  Val x = cell(sort_table, *(Row **)a, sort_col), y = cell(sort_table, *(Row **)b, sort_col);
  int d = x.null || y.null ? y.null - x.null : compare(sort_col < 0 ? &TBNAME : &sort_table->cols[sort_col], &x, &y);
  return d * sort_sign;
}

typedef struct { int col; bool count, renamed; Col as; char alias[65]; Val v; } Item; // col -2: a constant

static int select_items(Lex *x, Item *items, int *n, bool *star) { // columns are resolved later: as.name holds the name
  do {
    if (*n >= MAXC) return fail(0x2600, "too many columns");
    Item *it = &items[*n];
    *it = (Item){.col = -2};
    if (eat(x, "*")) { *star = true; continue; }
    ++*n;
    Lit l;
    if (x->t.kind == T_NAME || (x->t.kind == T_WORD && !at(x, "null") && !at(x, "true") && !at(x, "false") && !at(x, "now"))) {
      char word[65];
      name(x, word, 65);
      snprintf(it->as.name, 65, "%s", word);
      if (eat(x, "(")) {
        snprintf(it->as.name, 65, "%.60s()", word);
        if (!strcmp(word, "count")) {
          it->count = true;
          it->as = (Col){"count(*)", TSDB_DATA_TYPE_BIGINT, 0, 0, 8};
          next(x);
        } else {
          const char *s = !strcmp(word, "database") ? x->conn->db : !strcmp(word, "current_user") ? "root@127.0.0.1" : !strcmp(word, "server_version") || !strcmp(word, "client_version") ? taos_get_client_info() : NULL;
          if (!strcmp(word, "server_status")) it->as.type = TSDB_DATA_TYPE_INT, it->as.bytes = 4, it->v.i = 1;
          else if (!s) return fail(0x2801, "Invalid function name: %s", word);
          else it->as.type = TSDB_DATA_TYPE_VARCHAR, it->as.bytes = 64, set_bytes(&it->v, s, strlen(s)), it->v.null = !*s;
        }
        if (!want(x, ")")) return last_code;
      } else it->col = -3;
    } else {
      if (!literal(x, &l)) return last_code;
      it->as.type = l.kind == L_FLT ? TSDB_DATA_TYPE_DOUBLE : l.kind == L_STR || l.kind == L_NULL ? TSDB_DATA_TYPE_VARCHAR : l.kind == L_BOOL ? TSDB_DATA_TYPE_BOOL : l.kind == L_NOW ? TSDB_DATA_TYPE_TIMESTAMP : TSDB_DATA_TYPE_BIGINT;
      it->as.bytes = fixed_size(it->as.type) ? fixed_size(it->as.type) : l.len ? l.len : 1;
      snprintf(it->as.name, 65, "%.*s", l.len > 64 ? 64 : l.len, l.s ? l.s : "null");
      if (to_val(&it->as, 0, &l, &it->v)) return last_code;
    }
    if (eat(x, "as")) {
      if (!name(x, it->alias, 65)) return last_code;
      it->renamed = true;
    }
  } while (eat(x, ","));
  return 0;
}

static Col item_column(const Item *it) {
  Col c = it->as;
  if (it->renamed) memcpy(c.name, it->alias, 65);
  return c;
}

static int select_into(Lex *x, Res *r) { // after SELECT
  Item items[MAXC];
  int n = 0, code, nconds = 0;
  bool star = false;
  Cond conds[16];
  if ((code = select_items(x, items, &n, &star))) return code;
  Col cols[MAXC];
  if (!eat(x, "from")) {
    if (star) return syntax(x);
    for (int i = 0; i < n; i++) {
      if (items[i].col == -3) return fail(0x2602, "Invalid column name: %s", items[i].as.name);
      cols[i] = item_column(&items[i]);
    }
    set_cols(r, n, cols);
    Val *row = new_result_row(r);
    for (int i = 0; i < n; i++) row[i] = items[i].v;
    return x->t.kind == T_END ? 0 : syntax(x);
  }
  char db[65], tb[193];
  if (!table_name(x, db, tb)) return last_code;
  long gen = 0, fail_at = -1, wait = 0;
  if (sscanf(tb, "gen_%ld", &gen) == 1 && !find_table(db, tb)) {
    const char *o;
    if ((o = strstr(tb, "_fail_"))) fail_at = atol(o + 6);
    if ((o = strstr(tb, "_wait_"))) wait = atol(o + 6);
    if (n == 1 && items[0].count) {
      set_cols(r, 1, &items[0].as);
      new_result_row(r)[0].i = gen;
      return 0;
    }
    if (!star) return fail(0x2600, "toy engine: a generator gives only * and count(*)");
    set_cols(r, 5, GEN);
    if (eat(x, "limit") && atol(x->t.s) < gen) gen = atol(x->t.s);
    r->gen_rows = gen, r->gen_fail = fail_at, r->gen_wait = wait;
    return 0;
  }
  bool info = !strcmp(db, "information_schema");
  Table *t = info ? virtual_table(tb) : find_table(db, tb);
  if (!t) return info ? fail(0x2603, "Table does not exist: %s", tb) : no_table(db, tb);
  r->prec = t->prec;
  if (star) {
    int width = t->kind == SUPER ? t->ncols + t->ntags : t->ncols;
    for (n = 0; n < width; n++) items[n] = (Item){.col = n, .as = t->cols[n]};
  }
  bool count = false;
  for (int i = 0; i < n; i++) {
    count |= items[i].count;
    if (items[i].col == -3) {
      char *c = items[i].as.name;
      items[i].col = strcmp(c, "tbname") ? find_col(t, c) : -1;
      if (items[i].col < 0 && strcmp(c, "tbname")) return fail(0x2602, "Invalid column name: %s", c);
      items[i].as = items[i].col < 0 ? TBNAME : t->cols[items[i].col];
    }
    cols[i] = item_column(&items[i]);
  }
  if ((code = where(x, t, conds, &nconds))) return code;
  int order = 0;
  sort_sign = 1;
  bool ordered = t->kind == SUPER;
  if (eat(x, "order")) {
    char c[65];
    if (!want(x, "by") || !name(x, c, 65)) return last_code;
    order = strcmp(c, "tbname") ? find_col(t, c) : -1;
    if (order < 0 && strcmp(c, "tbname")) return fail(0x2602, "Invalid column name: %s", c);
    if (eat(x, "desc")) sort_sign = -1; else eat(x, "asc");
    ordered = true;
  }
  int64_t limit = -1, offset = 0;
  Lit l;
  if (eat(x, "limit")) {
    if (!literal(x, &l)) return last_code;
    limit = l.i;
    if (eat(x, ",")) { offset = limit; if (!literal(x, &l)) return last_code; limit = l.i; }
    if (eat(x, "offset")) { if (!literal(x, &l)) return last_code; offset = l.i; }
  }
  if (x->t.kind != T_END) return syntax(x);
  Row **hits = NULL;
  int nhits = 0, cap = 0;
  for (Table *s = t->kind == SUPER ? find_db(t->db)->tables : t; s; s = t->kind == SUPER ? s->next : NULL)
    if (s == t || s->stb == t)
      for (int i = 0; i < s->nrows; i++)
        if (matches(t, s->rows[i], conds, nconds)) push(&hits, &nhits, &cap, s->rows[i]);
  sort_table = t, sort_col = order;
  if (ordered && nhits) qsort(hits, nhits, sizeof *hits, by_cell);
  set_cols(r, n, cols);
  if (count) {
    Val *row = new_result_row(r);
    for (int i = 0; i < n; i++) row[i] = items[i].count ? (Val){.i = nhits} : (Val){.null = true};
  }
  for (int64_t i = offset; !count && i < nhits && (limit < 0 || i < offset + limit); i++) {
    Val *row = new_result_row(r);
    for (int c = 0; c < n; c++) row[c] = items[c].col == -2 ? items[c].v : cell(t, hits[i], items[c].col);
  }
  free(hits);
  return 0;
}

static int show(Lex *x, Res *r) { // after SHOW
  Col c[3] = {{"status", TSDB_DATA_TYPE_INT, 0, 0, 4}};
  if (eat(x, "cluster") && eat(x, "alive")) {
    set_cols(r, 1, c);
    new_result_row(r)[0].i = 1;
    return 0;
  }
  const char *what = at(x, "databases") ? "ins_databases" : at(x, "stables") ? "ins_stables" : at(x, "tables") ? "ins_tables" : at(x, "topics") ? "ins_topics" : NULL;
  if (!what) return syntax(x);
  Table *t = virtual_table(what);
  set_cols(r, 1, t->cols);
  for (int i = 0; i < t->nrows; i++) {
    Val db = t->rows[i]->v[1];
    if ((!strcmp(what, "ins_stables") || !strcmp(what, "ins_tables")) && strcmp(db.s, x->conn->db)) continue;
    new_result_row(r)[0] = t->rows[i]->v[0];
  }
  return 0;
}

static int describe(Lex *x, Res *r) {
  static const char *NAMES[] = {"NULL", "BOOL", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "VARCHAR", "TIMESTAMP", "NCHAR", "TINYINT UNSIGNED", "SMALLINT UNSIGNED", "INT UNSIGNED", "BIGINT UNSIGNED", "JSON", "VARBINARY", "DECIMAL", "BLOB", "", "GEOMETRY", "DECIMAL"};
  Col c[] = {{"field", TSDB_DATA_TYPE_VARCHAR, 0, 0, 64}, {"type", TSDB_DATA_TYPE_VARCHAR, 0, 0, 20}, {"length", TSDB_DATA_TYPE_INT, 0, 0, 4}, {"note", TSDB_DATA_TYPE_VARCHAR, 0, 0, 12}};
  char db[65], tb[193];
  if (!table_name(x, db, tb)) return last_code;
  Table *t = find_table(db, tb);
  if (!t) return no_table(db, tb);
  set_cols(r, 4, c);
  for (int i = 0; i < t->ncols + t->ntags; i++) {
    Val *row = new_result_row(r);
    set_bytes(&row[0], t->cols[i].name, strlen(t->cols[i].name));
    set_bytes(&row[1], NAMES[t->cols[i].type], strlen(NAMES[t->cols[i].type]));
    row[2].i = t->cols[i].bytes;
    set_bytes(&row[3], i < t->ncols ? "" : "TAG", i < t->ncols ? 0 : 3);
  }
  return 0;
}

static int delete_from(Lex *x, int64_t *affected) {
  char db[65], tb[193];
  Cond conds[16];
  int n = 0, code;
  if (!want(x, "from") || !table_name(x, db, tb)) return last_code;
  Table *t = find_table(db, tb);
  if (!t) return no_table(db, tb);
  if ((code = where(x, t, conds, &n))) return code;
  for (Table *s = find_db(db)->tables; s; s = s->next) {
    if (s != t && s->stb != t) continue;
    int kept = 0;
    for (int i = 0; i < s->nrows; i++)
      if (!matches(t, s->rows[i], conds, n)) s->rows[kept++] = s->rows[i];
    *affected += s->nrows - kept;
    s->nrows = kept;
  }
  return 0;
}

static int run_sql(Lex *x, Res *r) { // lock held, except while sleeping
  r->update = true;
  next(x);
  if (eat(x, "select")) return r->update = false, select_into(x, r);
  if (eat(x, "show")) return r->update = false, show(x, r);
  if (eat(x, "describe") || eat(x, "desc")) return r->update = false, describe(x, r);
  if (eat(x, "insert")) return want(x, "into") ? insert(x, &r->affected) : last_code;
  if (eat(x, "create")) return create(x);
  if (eat(x, "drop")) return drop(x);
  if (eat(x, "delete")) return delete_from(x, &r->affected);
  if (eat(x, "alter")) return 0;
  if (eat(x, "use")) {
    char db[65];
    if (!name(x, db, 65)) return last_code;
    int code = need_db(db);
    if (!code) snprintf(x->conn->db, 65, "%s", db);
    return code;
  }
  if (eat(x, "notify")) { // NOTIFY 0 password, 1 whitelist, 2 user dropped: tell every connection
    int64_t version = 2;
    int type = atoi(x->t.s) % 3;
    for (Conn *c = conns; c; c = c->next)
      if (c->notify[type]) c->notify[type](c->notify_param[type], &version, type);
    return 0;
  }
  if (eat(x, "sleep")) { // SLEEP milliseconds
    pthread_mutex_unlock(&lock);
    sleep_ms(atol(x->t.s));
    pthread_mutex_lock(&lock);
    return 0;
  }
  return syntax(x);
}

static Res *execute(Conn *conn, const char *sql, const Lit *params, int nparams) {
  Res *r = new_res();
  Lex *x = calloc(1, sizeof *x);
  *x = (Lex){.p = sql, .conn = conn, .params = params, .nparams = nparams};
  pthread_mutex_lock(&lock);
  r->code = run_sql(x, r);
  pthread_mutex_unlock(&lock);
  if (r->code) snprintf(r->text, sizeof r->text, "%s", last_text);
  free(x);
  return r;
}

// ---------------------------------------------------------------- interface: session

TAOS *taos_connect(const char *ip, const char *user, const char *pass, const char *db, uint16_t port) {
  if (port && port != 6030) return fail(0x000B, "Unable to establish connection"), NULL; // there is one server
  if (strcmp(user, "root")) return fail(0x0351, "Invalid user"), NULL;
  if (strcmp(pass, "taosdata")) return fail(0x0357, "Authentication failure"), NULL;
  pthread_mutex_lock(&lock);
  bool missing = db && *db && !find_db(db);
  pthread_mutex_unlock(&lock);
  if (missing) return fail(0x0388, "Database not exist"), NULL;
  Conn *c = calloc(1, sizeof *c);
  snprintf(c->user, sizeof c->user, "%s", user);
  snprintf(c->db, sizeof c->db, "%s", db ? db : "");
  pthread_mutex_lock(&lock);
  c->next = conns;
  conns = c;
  pthread_mutex_unlock(&lock);
  COUNT(open_conns, 1);
  return c;
}
TAOS *taos_connect_totp(const char *ip, const char *user, const char *pass, const char *totp, const char *db, uint16_t port) {
  return strcmp(totp, "123456") ? fail(0x0357, "Authentication failure"), NULL : taos_connect(ip, user, pass, db, port);
}
TAOS *taos_connect_token(const char *ip, const char *token, const char *db, uint16_t port) {
  return strcmp(token, "toytoken") ? fail(0x0357, "Authentication failure"), NULL : taos_connect(ip, "root", "taosdata", db, port);
}
void taos_close(TAOS *taos) {
  if (COUNT(((Conn *)taos)->used, 0)) broken("a connection was closed while something of it was open");
  COUNT(open_conns, -1);
  pthread_mutex_lock(&lock);
  for (Conn **c = &conns; *c; c = &(*c)->next)
    if (*c == taos) { *c = (*c)->next; break; }
  pthread_mutex_unlock(&lock);
  free(taos);
}
static char process_options[8][256];
const char *toy_option(int option) { return process_options[option & 7]; }
int taos_options(TSDB_OPTION option, const void *arg, ...) {
  if (option < 0 || option > 7 || (option == 0 && !strcmp(arg, "nowhere"))) return fail(0x0118, "Invalid parameters");
  return snprintf(process_options[option], sizeof process_options[0], "%s", (const char *)arg), 0;
}
int taos_options_connection(TAOS *taos, TSDB_OPTION_CONNECTION option, const void *arg, ...) {
  Conn *c = taos;
  if (option == 2) snprintf(c->ip, sizeof c->ip, "%s", arg ? (const char *)arg : "");
  if (option == 3) snprintf(c->app, sizeof c->app, "%s", arg ? (const char *)arg : "");
  if (option == 1 && arg && !strchr(arg, '/') && strcmp(arg, "UTC")) return fail(0x0119, "Invalid timezone format");
  return option < -1 || option > 4 ? fail(0x0118, "Invalid parameters") : 0;
}
struct setConfRet taos_set_config(const char *config) { return (struct setConfRet){0}; }
int taos_set_conn_mode(TAOS *taos, int mode, int value) { return 0; }
int taos_select_db(TAOS *taos, const char *db) {
  pthread_mutex_lock(&lock);
  int code = need_db(db);
  pthread_mutex_unlock(&lock);
  if (!code) snprintf(((Conn *)taos)->db, 65, "%s", db);
  return code;
}
void taos_reset_current_db(TAOS *taos) { *((Conn *)taos)->db = 0; }
int taos_get_current_db(TAOS *taos, char *db, int len, int *required) { return snprintf(db, len, "%s", ((Conn *)taos)->db), 0; }
#ifndef TOY_VERSION
#define TOY_VERSION "3.4.1.13.toy"
#endif
const char *taos_get_client_info(void) {
  const char *version = getenv("TOY_TAOS_VERSION");
  return version ? version : TOY_VERSION;
}
const char *taos_get_server_info(TAOS *taos) { return taos_get_client_info(); }
int taos_get_connection_info(TAOS *taos, TSDB_CONNECTION_INFO info, char *buffer, int *len) {
  if (info != 0) return fail(0x0118, "Invalid parameters");
  *len = snprintf(buffer, *len, "%s", ((Conn *)taos)->user);
  return 0;
}
TSDB_SERVER_STATUS taos_check_server_status(const char *fqdn, int port, char *details, int maxlen) { return snprintf(details, maxlen, "toy"), 2; }
int taos_set_notify_cb(TAOS *taos, __taos_notify_fn_t fp, void *param, int type) {
  if (type >= 0 && type < 3) ((Conn *)taos)->notify[type] = fp, ((Conn *)taos)->notify_param[type] = param;
  return 0;
}
void taos_fetch_ip_whitelist_a(TAOS *taos, __taos_async_whitelist_fn_t fp, void *param) {
  char *any[] = {"+ 0.0.0.0/0", "+ ::/0"};
  fp(param, 0, taos, 2, any);
}
int32_t taos_register_instance(const char *id, const char *type, const char *desc, int32_t expire) { return 0; }
int32_t taos_list_instances(const char *filter, char ***list, int32_t *count) {
  *list = calloc(1, sizeof(char *));
  **list = strdup("toy:6041");
  *count = 1;
  return 0;
}
void taos_free_instances(char ***list, int32_t count) {
  for (int i = 0; i < count; i++) free((*list)[i]);
  free(*list);
}

// ---------------------------------------------------------------- interface: queries

TAOS_RES *taos_query(TAOS *taos, const char *sql) { return execute(taos, sql, NULL, 0); }
TAOS_RES *taos_query_with_reqid(TAOS *taos, const char *sql, int64_t reqid) { return taos_query(taos, sql); }

typedef struct { Conn *conn; char *sql; Res *res; __taos_async_fn_t fp; void *param; } Async;
static void run_query(void *arg) {
  Async *a = arg;
  Res *r = execute(a->conn, a->sql, NULL, 0);
  r->conn = a->conn;
  COUNT(open_results, 1);
  a->fp(a->param, r, r->code);
  free(a->sql);
  free(a);
}
static void run_fetch(void *arg) {
  Async *a = arg;
  int rows = next_block(a->res);
  COUNT(fetched_blocks, 1);
  COUNT(a->res->busy, -1);
  a->fp(a->param, a->res, rows);
  free(a);
}
void taos_query_a(TAOS *taos, const char *sql, __taos_async_fn_t fp, void *param) {
  Async *a = malloc(sizeof *a);
  *a = (Async){taos, strdup(sql), NULL, fp, param};
  COUNT(((Conn *)taos)->used, 1); // until its result is given back
  submit(run_query, a);
}
void taos_query_a_with_reqid(TAOS *taos, const char *sql, __taos_async_fn_t fp, void *param, int64_t reqid) { taos_query_a(taos, sql, fp, param); }
void taos_fetch_raw_block_a(TAOS_RES *res, __taos_async_fn_t fp, void *param) {
  Async *a = malloc(sizeof *a);
  *a = (Async){.res = res, .fp = fp, .param = param};
  if (COUNT(((Res *)res)->busy, 1) > 1) broken("two fetches of one result at once");
#ifdef TOY_SYNCHRONOUS
  run_fetch(a);
#else
  submit(run_fetch, a);
#endif
}
int taos_fetch_raw_block(TAOS_RES *res, int *rows, void **data) {
  Res *r = res;
  *rows = next_block(r);
  *data = r->block;
  return *rows < 0 ? *rows : 0;
}
const void *taos_get_raw_block(TAOS_RES *res) { return ((Res *)res)->block; }
static void message_given_back(Res *r);
void taos_free_result(TAOS_RES *res) {
  Res *r = res;
  if (!r) return;
  if (COUNT(r->busy, 0)) broken("a result was given back while it was being fetched");
  if (r->of_stmt && !r->freed) { // its statement may still know it: it stays, and refuses
    r->freed = true;
    COUNT(open_results, -1);
    if (r->update) broken("the result of a write belongs to its statement");
  } else if (r->of_stmt) {
    broken("a result was given back twice");
  } else {
    if (r->conn) COUNT(open_results, -1), COUNT(r->conn->used, -1);
    if (r->consumer) message_given_back(r);
    free_res(r);
  }
}
int taos_errno(TAOS_RES *res) { return res ? ((Res *)res)->code : last_code; }
const char *taos_errstr(TAOS_RES *res) { return !res ? last_text : ((Res *)res)->code ? ((Res *)res)->text : "success"; }
int taos_num_fields(TAOS_RES *res) { return ((Res *)res)->n; }
int taos_field_count(TAOS_RES *res) { return ((Res *)res)->n; }
TAOS_FIELD_E *taos_fetch_fields_e(TAOS_RES *res) { return ((Res *)res)->fields; }
TAOS_FIELD *taos_fetch_fields(TAOS_RES *res) { return (TAOS_FIELD *)((Res *)res)->fields; } // same size, same places
int taos_result_precision(TAOS_RES *res) { return ((Res *)res)->prec; }
int taos_affected_rows(TAOS_RES *res) { return res ? ((Res *)res)->affected : 0; }
bool taos_is_update_query(TAOS_RES *res) { return ((Res *)res)->update; }
int *taos_fetch_lengths(TAOS_RES *res) { return ((Res *)res)->lengths; }
int taos_validate_sql(TAOS *taos, const char *sql) {
  return strncasecmp(sql, "select", 6) && strncasecmp(sql, "insert", 6) && strncasecmp(sql, "show", 4) ? fail(0x2600, "syntax error") : 0;
}
int taos_load_table_info(TAOS *taos, const char *names) { return 0; }
int taos_get_table_vgId(TAOS *taos, const char *db, const char *table, int *vgId) { return *vgId = 2, 0; }
int taos_get_tables_vgId(TAOS *taos, const char *db, const char *table[], int n, int *vgId) {
  for (int i = 0; i < n; i++) vgId[i] = 2;
  return 0;
}
// row-wise access is not offered
void taos_fetch_rows_a(TAOS_RES *res, __taos_async_fn_t fp, void *param) { fp(param, res, 0); }
int taos_fetch_block(TAOS_RES *res, TAOS_ROW *rows) { return 0; }
TAOS_ROW taos_fetch_row(TAOS_RES *res) { return NULL; }

// ---------------------------------------------------------------- interface: stmt2

typedef struct { int kind, col; Col c; } Field; // kind: 1 column, 2 tag, 3 query, 4 table name
typedef struct {
  Conn *conn;
  TAOS_STMT2_OPTION option;
  char *sql, text[512];
  bool insert, by_stb;
  char db[65], tb[193];
  Table *target; // the table written, or the super table of the tables written
  Field fields[MAXC];
  int n, ntags, order[128];
  Lit tags[128];          // literal tags of USING … TAGS
  Row **staged;
  Table **owners;
  int nstaged, capstaged;
  Lit params[MAXC];
  Res *result;
  bool busy; // an execution is under way
} Stmt;

static int stmt_fail(Stmt *s) { return snprintf(s->text, sizeof s->text, "%s", last_text), last_code; }

static void add_field(Stmt *s, int kind, int col, const Col *c) { s->fields[s->n++] = (Field){kind, col, *c}; }

static int prepare_insert(Stmt *s, Lex *x) { // after INSERT INTO
  bool named = x->t.kind != T_MARK;
  if (named && !table_name(x, s->db, s->tb)) return last_code;
  if (!named) next(x), snprintf(s->db, 65, "%s", s->conn->db), add_field(s, 4, 0, &TBNAME);
  if (eat(x, "using")) {
    char db[65], stb[193];
    if (!table_name(x, db, stb)) return last_code;
    if (!(s->target = find_table(db, stb))) return no_table(db, stb);
    int n = 0;
    if (eat(x, "(")) {
      do {
        char tag[65];
        if (!name(x, tag, 65)) return last_code;
        s->order[n++] = find_col(s->target, tag);
      } while (eat(x, ","));
      if (!want(x, ")")) return last_code;
    } else for (; n < s->target->ntags; n++) s->order[n] = s->target->ncols + n;
    if (!want(x, "tags") || !want(x, "(")) return last_code;
    do {
      int col = s->order[s->ntags];
      if (x->t.kind == T_MARK) next(x), add_field(s, 2, col, &s->target->cols[col]), s->order[s->ntags] = -1;
      else if (!literal(x, &s->tags[s->ntags])) return last_code;
      s->ntags++;
    } while (eat(x, ","));
    if (!want(x, ")")) return last_code;
  } else if (named) {
    if (!(s->target = find_table(s->db, s->tb))) return no_table(s->db, s->tb);
  }
  Table *t = s->target;
  int cols[MAXC], n = 0;
  if (eat(x, "(")) {
    do {
      char c[65];
      if (!name(x, c, 65)) return last_code;
      if (!t) return fail(0x2603, "toy engine: a column list needs a known table");
      cols[n] = strcmp(c, "tbname") ? find_col(t, c) : -1;
      if (cols[n] < 0 && strcmp(c, "tbname")) return fail(0x2602, "Invalid column name: %s", c);
      n++;
    } while (eat(x, ","));
    if (!want(x, ")")) return last_code;
    s->by_stb = t->kind == SUPER && named;
  }
  if (!want(x, "values") || !want(x, "(")) return last_code;
  if (!n && t) for (; n < t->ncols; n++) cols[n] = n;
  int marks = 0;
  do {
    if (x->t.kind != T_MARK) return fail(0x2600, "toy engine: only ? in VALUES of a prepared statement");
    next(x);
    if (!t) { // INSERT INTO ? VALUES(…): the table is known only at bind
      add_field(s, 1, marks, &(Col){.name = "unknown", .type = TSDB_DATA_TYPE_VARCHAR});
    } else {
      if (marks >= n) return syntax(x);
      int c = cols[marks];
      add_field(s, c < 0 ? 4 : c < t->ncols ? 1 : 2, c, c < 0 ? &TBNAME : &t->cols[c]);
    }
    marks++;
  } while (eat(x, ","));
  return want(x, ")") ? 0 : last_code;
}

#ifdef TOY_WITHOUT_STMT2
#define taos_stmt2_init hidden_stmt2_init
static
#endif
TAOS_STMT2 *taos_stmt2_init(TAOS *taos, TAOS_STMT2_OPTION *option) {
  Stmt *s = calloc(1, sizeof *s);
  s->conn = taos;
  s->option = *option;
  COUNT(open_stmts, 1);
  COUNT(((Conn *)taos)->used, 1);
  return s;
}

int taos_stmt2_prepare(TAOS_STMT2 *stmt, const char *sql, unsigned long length) {
  Stmt *s = stmt;
  Stmt fresh = {.conn = s->conn, .option = s->option, .sql = strndup(sql, length)};
  *s = fresh;
  Lex *x = calloc(1, sizeof *x);
  *x = (Lex){.p = s->sql, .conn = s->conn};
  next(x);
  int code = 0;
  pthread_mutex_lock(&lock);
  if (eat(x, "insert")) s->insert = true, code = want(x, "into") ? prepare_insert(s, x) : last_code;
  else for (; x->t.kind != T_END; next(x)) if (x->t.kind == T_MARK) add_field(s, 3, s->n, &(Col){.name = "?"});
  pthread_mutex_unlock(&lock);
  free(x);
  return code ? stmt_fail(s) : 0;
}

int taos_stmt2_is_insert(TAOS_STMT2 *stmt, int *insert) { return *insert = ((Stmt *)stmt)->insert, 0; }
int taos_stmt2_get_fields(TAOS_STMT2 *stmt, int *count, TAOS_FIELD_ALL **fields) {
  Stmt *s = stmt;
  *count = s->n;
  if (!fields || !s->insert) return 0;
  *fields = calloc(s->n + 1, sizeof **fields);
  COUNT(open_fields, 1);
  for (int i = 0; i < s->n; i++) {
    TAOS_FIELD_ALL *f = *fields + i;
    Col *c = &s->fields[i].c;
    memcpy(f->name, c->name, 65);
    f->type = c->type;
    f->precision = c->type == TSDB_DATA_TYPE_TIMESTAMP && s->target ? s->target->prec : c->prec;
    f->scale = c->scale;
    f->bytes = is_decimal(c->type) ? c->bytes : wire_bytes(c);
    f->field_type = s->fields[i].kind;
  }
  return 0;
}
void taos_stmt2_free_fields(TAOS_STMT2 *stmt, TAOS_FIELD_ALL *fields) {
  if (fields) COUNT(open_fields, -1);
  free(fields);
}

// one bound value: numbers as they stand in memory, texts and bytes by length
static int bound(const Field *f, int prec, int type, const char *p, int32_t len, Val *v) {
  *v = (Val){0};
  const Col *c = &f->c;
  if (is_decimal(c->type)) return parse_decimal(p, len, c->scale, &v->w) ? 0 : fail(0x022A, "invalid decimal text");
  if (fixed_size(c->type)) {
    if (type != c->type) return fail(0x022A, "Invalid bind type %d for column %s (%d)", type, c->name, c->type);
    float g;
    if (type == TSDB_DATA_TYPE_FLOAT) memcpy(&g, p, 4), v->d = g;
    else memcpy(&v->i, p, fixed_size(type));
    return 0;
  }
  int n = c->type == TSDB_DATA_TYPE_NCHAR ? utf8_length(p, len) : len;
  if (c->bytes && n > c->bytes) return fail(0x2653, "Value too long for column/tag: %s", c->name);
  set_bytes(v, p, len);
  return 0;
}

static Lit bound_literal(int type, const char *p, int32_t len) {
  Lit l = {L_INT};
  float f;
  switch (type) {
    case TSDB_DATA_TYPE_BOOL: case TSDB_DATA_TYPE_TINYINT: l.i = *(int8_t *)p; break;
    case TSDB_DATA_TYPE_SMALLINT: l.i = *(int16_t *)p; break;
    case TSDB_DATA_TYPE_INT: l.i = *(int32_t *)p; break;
    case TSDB_DATA_TYPE_UTINYINT: case TSDB_DATA_TYPE_USMALLINT: case TSDB_DATA_TYPE_UINT: memcpy(&l.i, p, fixed_size(type)); break;
    case TSDB_DATA_TYPE_BIGINT: case TSDB_DATA_TYPE_UBIGINT: case TSDB_DATA_TYPE_TIMESTAMP: memcpy(&l.i, p, 8); break;
    case TSDB_DATA_TYPE_FLOAT: memcpy(&f, p, 4); l = (Lit){L_FLT, .d = f}; break;
    case TSDB_DATA_TYPE_DOUBLE: l.kind = L_FLT; memcpy(&l.d, p, 8); break;
    default: l = (Lit){L_STR, .s = memcpy(calloc(1, len + 1), p, len), .len = len};
  }
  if (type == TSDB_DATA_TYPE_BOOL) l.kind = L_BOOL;
  return l;
}

// a cursor over the values of one bound column
typedef struct { int type; const char *p, *null; const int32_t *length; int at; } Cursor;
static bool cursor_next(Cursor *c, const char **p, int32_t *len) { // false: NULL
  int i = c->at++, size = c->length ? c->length[i] : fixed_size(c->type);
  bool null = c->null && c->null[i];
  *p = c->p;
  *len = size;
  if (c->p && !(null && c->length)) c->p += size;
  return !null;
}

static int stage(Stmt *s, const char *tb, Cursor *cursors, int rows) { // cursors by field; kind 4 gives way to tb
  Table *t = tb && *tb ? find_table(s->db, tb) : s->by_stb ? NULL : s->target;
  const char *dot = tb ? strchr(tb, '.') : NULL;
  if (!t && dot) { char db[65]; snprintf(db, sizeof db, "%.*s", (int)(dot - tb), tb); t = find_table(db, tb = dot + 1); }
  if (!tb || !*tb) tb = s->tb;
  Table *shape = t ? t : s->target;
  if (!shape) return no_table(s->db, tb);
  Val tags[128];
  bool have[128] = {0};
  for (int r = 0; r < rows; r++) {
    Row *row = new_row(shape->ncols);
    for (int i = 0; i < s->n; i++) {
      Field f = s->fields[i];
      const char *p;
      int32_t len;
      if (f.kind == 4) continue;
      if (f.kind == 2 && r && cursors[i].at) continue; // one value of a tag per table
      if (!s->target) f.c = shape->cols[f.col];
      Val *v = f.kind == 2 ? &tags[f.col - shape->ncols] : &row->v[f.col];
      if (f.kind == 2) *v = (Val){.null = true}, have[f.col - shape->ncols] = true;
      if (!cursors[i].type) continue;
      if (cursor_next(&cursors[i], &p, &len) && bound(&f, shape->prec, cursors[i].type, p, len, v)) return last_code;
    }
    if (row->v[0].null) return fail(0x2606, "Primary timestamp column should not be null");
    if (!t || (t->kind == SUPER)) {
      if (!s->target || s->target->kind != SUPER || !*tb) return no_table(s->db, tb);
      t = new_child(s->target, tb);
      for (int k = 0; k < s->ntags; k++)
        if (s->order[k] >= 0 && to_val(&t->cols[s->order[k]], t->prec, &s->tags[k], &t->tags[s->order[k] - t->ncols])) return last_code;
      for (int k = 0; k < t->ntags; k++) if (have[k]) t->tags[k] = tags[k];
    }
    if (s->nstaged == s->capstaged) {
      s->capstaged = s->capstaged ? s->capstaged * 2 : 64;
      s->staged = realloc(s->staged, s->capstaged * sizeof *s->staged);
      s->owners = realloc(s->owners, s->capstaged * sizeof *s->owners);
    }
    s->owners[s->nstaged] = t;
    s->staged[s->nstaged++] = row;
  }
  return 0;
}

int taos_stmt2_bind_param(TAOS_STMT2 *stmt, TAOS_STMT2_BINDV *bv, int32_t col_idx) {
  Stmt *s = stmt;
  int code = 0;
  if (!s->sql) return fail(0x022A, "Stmt API usage error"), stmt_fail(s);
  if (!s->insert) {
    for (int i = 0; i < s->n; i++) {
      TAOS_STMT2_BIND *b = &bv->bind_cols[0][i];
      s->params[i] = b->is_null && *b->is_null ? (Lit){0} : bound_literal(b->buffer_type, b->buffer ? b->buffer : "", b->length ? *b->length : 0);
    }
    return 0;
  }
  pthread_mutex_lock(&lock);
  for (int t = 0; t < bv->count && !code; t++) {
    Cursor cursors[MAXC] = {0};
    int tag = 0, col = 0, rows = 0;
    for (int i = 0; i < s->n; i++) {
      TAOS_STMT2_BIND *b = s->fields[i].kind == 1 && bv->bind_cols ? &bv->bind_cols[t][col++] : s->fields[i].kind == 2 && bv->tags ? &bv->tags[t][tag++] : NULL;
      if (!b) continue;
      cursors[i] = (Cursor){b->buffer_type, b->buffer, b->is_null, b->length, 0};
      if (s->fields[i].kind == 1) rows = b->num;
    }
    code = stage(s, bv->tbnames ? bv->tbnames[t] : NULL, cursors, rows);
  }
  pthread_mutex_unlock(&lock);
  return code ? stmt_fail(s) : 0;
}

int taos_stmt2_bind_param_column(TAOS_STMT2 *stmt, TAOS_STMT2_COLUMN_BINDV *bv) {
  Stmt *s = stmt;
  Cursor cursors[MAXC] = {0};
  int code = 0, names = -1;
  if (!s->sql || bv->num_columns != s->n) return fail(0x022A, "%d columns bound, %d wanted", bv->num_columns, s->n), stmt_fail(s);
  for (int i = 0; i < s->n; i++) {
    TAOS_STMT2_COLUMN_BIND *b = &bv->columns[i];
    cursors[i] = (Cursor){b->buffer_type, b->buffer, b->is_null, b->length, 0};
    if (s->fields[i].kind == 4) names = i;
    if (!s->insert) s->params[i] = b->is_null && *b->is_null ? (Lit){0} : bound_literal(b->buffer_type, b->buffer ? b->buffer : "", b->length ? *b->length : 0);
  }
  if (!s->insert) return 0;
  pthread_mutex_lock(&lock);
  for (int r = 0; r < bv->num_rows && !code; r++) {
    char tb[193] = "";
    const char *p;
    int32_t len;
    if (names >= 0 && cursor_next(&cursors[names], &p, &len)) snprintf(tb, sizeof tb, "%.*s", len, p);
    code = stage(s, tb, cursors, 1);
  }
  pthread_mutex_unlock(&lock);
  return code ? stmt_fail(s) : 0;
}

// A query's result may still be known to the caller when its statement goes on or ends: it stays, and refuses.
static void drop_result(Stmt *s) {
  if (s->result && s->result->update) free_res(s->result);
  else if (s->result) s->result->code = E(0x022A), snprintf(s->result->text, sizeof s->result->text, "the statement of this result has gone on");
  s->result = NULL;
}

static void run_stmt(void *arg) {
  Stmt *s = arg;
  Res *r;
  if (s->insert) {
    r = new_res();
    r->update = true;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < s->nstaged; i++) add_row(s->owners[i], s->staged[i]);
    pthread_mutex_unlock(&lock);
    r->affected = s->nstaged;
    s->nstaged = 0;
  } else {
    r = execute(s->conn, s->sql, s->params, s->n);
  }
  drop_result(s);
  s->result = r;
  r->of_stmt = true;
  if (!r->update && !r->code) COUNT(open_results, 1);
  s->busy = false;
  if (r->code) snprintf(s->text, sizeof s->text, "%s", r->text);
  s->option.asyncExecFn(s->option.userdata, r, r->code);
}
int taos_stmt2_exec(TAOS_STMT2 *stmt, int *affected) {
  Stmt *s = stmt;
  if (!s->sql || (s->insert && !s->nstaged)) return fail(0x022A, "Stmt API usage error"), stmt_fail(s);
  if (s->busy) broken("two executions of one statement at once");
  if (s->result && !s->result->update && !s->result->freed && !s->result->code) broken("an execution before the last result was given back");
  s->busy = true;
  return submit(run_stmt, s), 0;
}
TAOS_RES *taos_stmt2_result(TAOS_STMT2 *stmt) { return ((Stmt *)stmt)->result; }
char *taos_stmt2_error(TAOS_STMT2 *stmt) { return stmt ? ((Stmt *)stmt)->text : last_text; }
int taos_stmt2_close(TAOS_STMT2 *stmt) {
  Stmt *s = stmt;
  if (s->busy) broken("a statement was closed while it was being executed");
  if (s->result && !s->result->update && !s->result->freed && !s->result->code) broken("a statement was closed before its result was given back");
  COUNT(open_stmts, -1);
  COUNT(s->conn->used, -1);
  drop_result(s);
  free(s->staged);
  free(s->owners);
  free(s->sql);
  free(s);
  return 0;
}

// stmt v1: refused
static int v1(void) { return fail(0x0100, "toy engine: stmt v1 is not offered"); }
TAOS_STMT *taos_stmt_init(TAOS *taos) { return v1(), NULL; }
TAOS_STMT *taos_stmt_init_with_reqid(TAOS *taos, int64_t reqid) { return v1(), NULL; }
int taos_stmt_prepare(TAOS_STMT *s, const char *sql, unsigned long n) { return v1(); }
int taos_stmt_set_tags(TAOS_STMT *s, TAOS_MULTI_BIND *b) { return v1(); }
int taos_stmt_set_tbname_tags(TAOS_STMT *s, const char *n, TAOS_MULTI_BIND *b) { return v1(); }
int taos_stmt_set_tbname(TAOS_STMT *s, const char *n) { return v1(); }
int taos_stmt_is_insert(TAOS_STMT *s, int *i) { return v1(); }
int taos_stmt_num_params(TAOS_STMT *s, int *n) { return v1(); }
int taos_stmt_get_param(TAOS_STMT *s, int i, int *t, int *b) { return v1(); }
int taos_stmt_bind_param(TAOS_STMT *s, TAOS_MULTI_BIND *b) { return v1(); }
int taos_stmt_bind_param_batch(TAOS_STMT *s, TAOS_MULTI_BIND *b) { return v1(); }
int taos_stmt_add_batch(TAOS_STMT *s) { return v1(); }
int taos_stmt_execute(TAOS_STMT *s) { return v1(); }
TAOS_RES *taos_stmt_use_result(TAOS_STMT *s) { return v1(), NULL; }
int taos_stmt_close(TAOS_STMT *s) { return 0; }
char *taos_stmt_errstr(TAOS_STMT *s) { return last_text; }
int taos_stmt_affected_rows(TAOS_STMT *s) { return 0; }
int taos_stmt_affected_rows_once(TAOS_STMT *s) { return 0; }
int taos_stmt_get_tag_fields(TAOS_STMT *s, int *n, TAOS_FIELD_E **f) { return v1(); }
int taos_stmt_get_col_fields(TAOS_STMT *s, int *n, TAOS_FIELD_E **f) { return v1(); }
void taos_stmt_reclaim_fields(TAOS_STMT *s, TAOS_FIELD_E *f) {}

// ---------------------------------------------------------------- interface: schemaless and raw writes

// Line protocol only checks for "measurement… field=value"; each line is kept as text in a table named after the measurement.
TAOS_RES *taos_schemaless_insert_raw_ttl_with_reqid_tbname_key(TAOS *taos, char *lines, int len, int32_t *rows, int protocol, int precision, int32_t ttl, int64_t reqid, char *key) {
  Conn *conn = taos;
  Res *r = new_res();
  r->update = true;
  *rows = 0;
  pthread_mutex_lock(&lock);
  if ((r->code = need_db(conn->db))) snprintf(r->text, sizeof r->text, "%s", last_text);
  if (!r->code && protocol == 3) r->affected = 1; // JSON: not looked into
  char *copy = strndup(lines, len), *save = NULL;
  for (char *line = strtok_r(copy, "\n", &save); line && !r->code && protocol != 3; line = strtok_r(NULL, "\n", &save)) {
    if (!strchr(line, ' ') || !strchr(line, '=')) {
      r->code = fail(0x3002, "invalid line: %.60s", line);
      snprintf(r->text, sizeof r->text, "%s", last_text);
      break;
    }
    char tb[193];
    int n = strcspn(line, ", ");
    snprintf(tb, sizeof tb, "%.*s", n, line);
    Table *t = find_table(conn->db, tb);
    if (!t) {
      t = new_table(conn->db, tb, PLAIN);
      t->ncols = 2;
      t->cols[0] = (Col){"_ts", TSDB_DATA_TYPE_TIMESTAMP, 0, 0, 8};
      t->cols[1] = (Col){"line", TSDB_DATA_TYPE_VARCHAR, 0, 0, 16384};
    }
    Row *row = new_row(t->ncols);
    row->v[0] = (Val){.i = t->nlog};
    set_bytes(&row->v[1], line, strlen(line));
    add_row(t, row);
    r->affected++;
    ++*rows;
  }
  pthread_mutex_unlock(&lock);
  free(copy);
  return r;
}
#define RAW(ttl, reqid) taos_schemaless_insert_raw_ttl_with_reqid_tbname_key(taos, lines, len, rows, protocol, precision, ttl, reqid, NULL)
TAOS_RES *taos_schemaless_insert_raw(TAOS *taos, char *lines, int len, int32_t *rows, int protocol, int precision) { return RAW(0, 0); }
TAOS_RES *taos_schemaless_insert_raw_ttl(TAOS *taos, char *lines, int len, int32_t *rows, int protocol, int precision, int32_t ttl) { return RAW(ttl, 0); }
TAOS_RES *taos_schemaless_insert_raw_with_reqid(TAOS *taos, char *lines, int len, int32_t *rows, int protocol, int precision, int64_t reqid) { return RAW(0, reqid); }
TAOS_RES *taos_schemaless_insert_raw_ttl_with_reqid(TAOS *taos, char *lines, int len, int32_t *rows, int protocol, int precision, int32_t ttl, int64_t reqid) { return RAW(ttl, reqid); }
static Res *refused(void) {
  Res *r = new_res();
  r->code = E(0x0100);
  snprintf(r->text, sizeof r->text, "toy engine: not offered");
  return r;
}
TAOS_RES *taos_schemaless_insert(TAOS *t, char *l[], int n, int p, int q) { return refused(); }
TAOS_RES *taos_schemaless_insert_ttl(TAOS *t, char *l[], int n, int p, int q, int32_t ttl) { return refused(); }
TAOS_RES *taos_schemaless_insert_with_reqid(TAOS *t, char *l[], int n, int p, int q, int64_t r) { return refused(); }
TAOS_RES *taos_schemaless_insert_ttl_with_reqid(TAOS *t, char *l[], int n, int p, int q, int32_t ttl, int64_t r) { return refused(); }

// A raw block written into a table; columns in the table's order, or by the names of fields.
int taos_write_raw_block_with_fields(TAOS *taos, int rows, char *b, const char *tb, TAOS_FIELD *fields, int nf) {
  int32_t n, cols[MAXC];
  memcpy(&n, b + 12, 4);
  pthread_mutex_lock(&lock);
  Table *t = find_table(((Conn *)taos)->db, tb);
  int code = t ? 0 : no_table(((Conn *)taos)->db, tb);
  if (t && n > t->ncols) code = fail(0x0118, "too many columns");
  Row **staged = calloc(rows, sizeof *staged);
  for (int r = 0; r < rows && !code; r++) staged[r] = new_row(t->ncols);
  char *p = b + 28 + 9 * n;
  for (int c = 0; c < n && !code; c++) {
    cols[c] = fields ? find_col(t, fields[c].name) : c;
    if (cols[c] < 0) { code = fail(0x2602, "Invalid column name: %s", fields[c].name); break; }
    int type = b[28 + 5 * c], size = fixed_size(type);
    int32_t len;
    memcpy(&len, b + 28 + 5 * n + 4 * c, 4);
    char *head = p, *data = p + (size ? (rows + 7) / 8 : 4 * rows);
    for (int r = 0; r < rows; r++) {
      Val *v = &staged[r]->v[cols[c]];
      int32_t off;
      memcpy(&off, head + 4 * r, size ? 0 : 4);
      if (size ? (head[r / 8] >> (7 - r % 8)) & 1 : off < 0) continue;
      v->null = false;
      float f;
      if (type == TSDB_DATA_TYPE_FLOAT) memcpy(&f, data + 4 * r, 4), v->d = f;
      else if (size) memcpy(&v->w, data + size * r, size);
      else if (type == TSDB_DATA_TYPE_NCHAR) { // UCS-4, kept as UTF-8; the toy reads only code points below 0x80
        uint16_t m;
        memcpy(&m, data + off, 2);
        char text[m / 4 + 1];
        for (int k = 0; k < m / 4; k++) text[k] = data[off + 2 + 4 * k];
        set_bytes(v, text, m / 4);
      } else {
        uint32_t m = 0;
        int h = type == TSDB_DATA_TYPE_BLOB ? 4 : 2;
        memcpy(&m, data + off, h);
        set_bytes(v, data + off + h, m);
      }
    }
    p = data + len;
  }
  for (int r = 0; r < rows && !code; r++) add_row(t, staged[r]);
  free(staged);
  pthread_mutex_unlock(&lock);
  return code;
}
int taos_write_raw_block(TAOS *t, int rows, char *data, const char *tb) { return taos_write_raw_block_with_fields(t, rows, data, tb, NULL, 0); }
int taos_write_raw_block_with_reqid(TAOS *t, int rows, char *data, const char *tb, int64_t r) { return taos_write_raw_block(t, rows, data, tb); }
int taos_write_raw_block_with_fields_with_reqid(TAOS *t, int rows, char *data, const char *tb, TAOS_FIELD *f, int n, int64_t r) {
  return taos_write_raw_block_with_fields(t, rows, data, tb, f, n);
}
int32_t tmq_write_raw(TAOS *taos, tmq_raw_data raw) { return 0; } // accepted, not looked into

// ---------------------------------------------------------------- interface: subscription
// One vgroup per topic; an offset is an index into the arrival log of the topic's table.

#define VGROUP 2
#define NO_OFFSET (-2147467247)
struct tmq_conf_t { char group[193], user[64], pass[64]; bool latest, named; };
struct tmq_list_t { int n; char *s[64]; };
typedef struct Commit { char group[193], topic[193]; int64_t offset; struct Commit *next; } Commit;
struct tmq_t { tmq_conf_t conf; Conn conn; int busy, messages; bool closed; int n; struct { Topic *topic; int64_t pos; bool meta_sent; } sub[64]; };
static Commit *commits;

tmq_conf_t *tmq_conf_new(void) { return calloc(1, sizeof(tmq_conf_t)); }
void tmq_conf_destroy(tmq_conf_t *c) { free(c); }
void tmq_conf_set_auto_commit_cb(tmq_conf_t *c, tmq_commit_cb *cb, void *param) {}
tmq_conf_res_t tmq_conf_set(tmq_conf_t *c, const char *key, const char *value) { // 0 ok, -1 bad value, -2 unknown key
  static const char *KNOWN[] = {"group.id", "client.id", "auto.offset.reset", "enable.auto.commit", "auto.commit.interval.ms", "experimental.snapshot.enable", "msg.with.table.name", "msg.enable.batchmeta",
                                "msg.consume.excluded", "session.timeout.ms", "max.poll.interval.ms", "msg.consume.rawdata", "td.connect.user", "td.connect.pass", "td.connect.ip", "td.connect.port",
                                "td.connect.db", "td.connect.token", "fetch.max.wait.ms", "min.poll.rows", "enable.replay"};
  size_t i = 0;
  while (i < sizeof KNOWN / sizeof *KNOWN && strcmp(key, KNOWN[i])) i++;
  if (i == sizeof KNOWN / sizeof *KNOWN) return -2;
  if (!strcmp(key, "group.id")) snprintf(c->group, sizeof c->group, "%s", value);
  if (!strcmp(key, "msg.with.table.name")) c->named = !strcmp(value, "true");
  if (!strcmp(key, "td.connect.token")) {
    snprintf(c->user, sizeof c->user, "%s", strcmp(value, "toytoken") ? "" : "root");
    snprintf(c->pass, sizeof c->pass, "taosdata");
  }
  if (!strcmp(key, "td.connect.user")) snprintf(c->user, sizeof c->user, "%s", value);
  if (!strcmp(key, "td.connect.pass")) snprintf(c->pass, sizeof c->pass, "%s", value);
  if (!strcmp(key, "auto.offset.reset")) {
    if (strcmp(value, "earliest") && strcmp(value, "latest") && strcmp(value, "none")) return -1;
    c->latest = !strcmp(value, "latest");
  }
  return 0;
}
tmq_list_t *tmq_list_new(void) { return calloc(1, sizeof(tmq_list_t)); }
int32_t tmq_list_append(tmq_list_t *l, const char *s) { return l->n < 64 ? l->s[l->n++] = strdup(s), 0 : -1; }
void tmq_list_destroy(tmq_list_t *l) {
  for (int i = 0; l && i < l->n; i++) free(l->s[i]);
  free(l);
}
int32_t tmq_list_get_size(const tmq_list_t *l) { return l->n; }
char **tmq_list_to_c_array(const tmq_list_t *l) { return (char **)l->s; }

tmq_t *tmq_consumer_new(tmq_conf_t *conf, char *err, int32_t len) {
  if (strcmp(conf->user, "root") || strcmp(conf->pass, "taosdata")) return fail(0x0357, "Authentication failure"), snprintf(err, len, "%s", last_text), NULL;
  if (!*conf->group) return fail(0x0118, "group.id is empty"), snprintf(err, len, "%s", last_text), NULL;
  tmq_t *t = calloc(1, sizeof *t);
  COUNT(open_consumers, 1);
  t->conf = *conf;
  snprintf(t->conn.user, sizeof t->conn.user, "root");
  return t;
}
// A consumer does one thing at a time, and nothing after its end.
static void enter(tmq_t *t) {
  if (t->closed) broken("a consumer was used after its end");
  if (COUNT(t->busy, 1) > 1) broken("two calls of one consumer at once");
}
static int leave(tmq_t *t, int code) { return COUNT(t->busy, -1), code; }
static void message_given_back(Res *r) {
  if (r->consumer->closed) broken("a message was given back after its consumer");
  COUNT(r->consumer->messages, -1);
  COUNT(open_messages, -1);
}
static Commit *find_commit(const char *group, const char *topic) {
  Commit *c = commits;
  while (c && (strcmp(c->group, group) || strcmp(c->topic, topic))) c = c->next;
  return c;
}
static int set_commit(const char *group, const char *topic, int64_t offset) {
  Commit *c = find_commit(group, topic);
  if (!c) {
    c = calloc(1, sizeof *c);
    snprintf(c->group, sizeof c->group, "%s", group);
    snprintf(c->topic, sizeof c->topic, "%s", topic);
    c->next = commits;
    commits = c;
  }
  c->offset = offset;
  return 0;
}
static Table *topic_table(const Topic *t) { // of a whole database: its first table with a log
  if (*t->table) return find_table(t->db, t->table);
  Table *s = find_db(t->db) ? find_db(t->db)->tables : NULL;
  while (s && s->kind == CHILD) s = s->next;
  return s;
}
int32_t tmq_subscribe(tmq_t *t, const tmq_list_t *list) {
  int code = 0;
  enter(t);
  pthread_mutex_lock(&lock);
  t->n = 0;
  for (int i = 0; i < list->n; i++) {
    Topic *p = topics;
    while (p && strcmp(p->name, list->s[i])) p = p->next;
    if (!p) { code = fail(0x03F1, "Topic not exist"); break; }
    Commit *c = find_commit(t->conf.group, p->name);
    Table *tb = topic_table(p);
    t->sub[t->n].topic = p;
    t->sub[t->n].pos = c ? c->offset : t->conf.latest && tb ? tb->nlog : 0;
    t->sub[t->n++].meta_sent = c != NULL;
  }
  pthread_mutex_unlock(&lock);
  return leave(t, code);
}
int32_t tmq_unsubscribe(tmq_t *t) {
  enter(t);
  return leave(t, t->n = 0);
}
int32_t tmq_subscription(tmq_t *t, tmq_list_t **list) {
  enter(t);
  if (!*list) *list = tmq_list_new();
  for (int i = 0; i < t->n; i++) tmq_list_append(*list, t->sub[i].topic->name);
  return leave(t, 0);
}
int32_t tmq_consumer_close(tmq_t *t) { // tmq_get_connect's answer may still be in use: not freed
  enter(t);
  if (COUNT(t->messages, 0)) broken("a consumer was closed before its messages were given back");
  t->closed = true;
  COUNT(open_consumers, -1);
  return leave(t, 0);
}

static bool first_of_its_table(const Table *tb, int64_t pos) { // which was made by the very row
  for (int64_t i = 0; i < pos; i++)
    if (tb->log[i]->owner == tb->log[pos]->owner) return false;
  return tb->log[pos]->owner->kind == CHILD;
}

static Res *poll_once(tmq_t *t) {
  for (int i = 0; i < t->n; i++) {
    Topic *p = t->sub[i].topic;
    Table *tb = topic_table(p);
    if (!tb) continue;
    bool meta = p->meta && !t->sub[i].meta_sent;
    if (!meta && t->sub[i].pos >= tb->nlog) continue;
    Res *r = new_res();
    r->topic = p;
    r->prec = tb->prec;
    r->type = meta ? 2 : 1;
    r->owner = tb;
    r->offset = t->sub[i].pos;
    r->named = t->conf.named;
    if (meta) return t->sub[i].meta_sent = true, r;
    if (p->meta && first_of_its_table(tb, t->sub[i].pos)) r->type = 3;
    r->owner = tb->log[t->sub[i].pos]->owner;
    set_cols(r, tb->ncols, tb->cols);
    while (t->sub[i].pos < tb->nlog && r->nrows < 1000 && tb->log[t->sub[i].pos]->owner == r->owner)
      memcpy(new_result_row(r), tb->log[t->sub[i].pos++]->v, tb->ncols * sizeof(Val));
    return r;
  }
  return NULL;
}
static int failing_code, failing_polls;
void toy_fail_polls(int code, int times) { // the next so many polls
  failing_code = code;
  __atomic_store_n(&failing_polls, times, __ATOMIC_SEQ_CST);
}
TAOS_RES *tmq_consumer_poll(tmq_t *t, int64_t timeout) { // NULL: none in time, or last_code
  last_code = 0;
  enter(t);
  COUNT(polls, 1);
  if (COUNT(failing_polls, 0) > 0 && COUNT(failing_polls, -1) >= 0) return fail(failing_code, "toy engine: poll failed"), leave(t, 0), NULL;
  for (int64_t waited = 0;; waited += 5) {
    pthread_mutex_lock(&lock);
    Res *r = poll_once(t);
    pthread_mutex_unlock(&lock);
    if (r) {
      r->consumer = t;
      COUNT(t->messages, 1);
      COUNT(open_messages, 1);
    }
    if (r || waited >= timeout) return leave(t, 0), r;
    sleep_ms(5);
  }
}
static int sub_index(tmq_t *t, const char *topic) {
  int i = 0;
  while (i < t->n && strcmp(t->sub[i].topic->name, topic)) i++;
  return i < t->n ? i : (fail(0x4009, "Invalid topic"), -1);
}
int32_t tmq_commit_sync(tmq_t *t, const TAOS_RES *msg) {
  pthread_mutex_lock(&lock);
  for (int i = 0; i < t->n; i++) set_commit(t->conf.group, t->sub[i].topic->name, t->sub[i].pos);
  pthread_mutex_unlock(&lock);
  return 0;
}
void tmq_commit_async(tmq_t *t, const TAOS_RES *msg, tmq_commit_cb *cb, void *param) { cb(t, tmq_commit_sync(t, msg), param); }
static int commit_offset(tmq_t *t, const char *topic, int32_t vg, int64_t offset) {
  if (sub_index(t, topic) < 0) return last_code;
  if (vg != VGROUP) return fail(0x4007, "Invalid vgroup");
  pthread_mutex_lock(&lock);
  set_commit(t->conf.group, topic, offset);
  pthread_mutex_unlock(&lock);
  return 0;
}
int32_t tmq_commit_offset_sync(tmq_t *t, const char *topic, int32_t vg, int64_t offset) {
  enter(t);
  return leave(t, commit_offset(t, topic, vg, offset));
}
void tmq_commit_offset_async(tmq_t *t, const char *topic, int32_t vg, int64_t offset, tmq_commit_cb *cb, void *param) { cb(t, tmq_commit_offset_sync(t, topic, vg, offset), param); }
int32_t tmq_get_topic_assignment(tmq_t *t, const char *topic, tmq_topic_assignment **list, int32_t *n) {
  enter(t);
  int i = sub_index(t, topic);
  if (i < 0) return leave(t, last_code);
  Table *tb = topic_table(t->sub[i].topic);
  COUNT(open_copies, 1);
  *list = malloc(sizeof **list);
  **list = (tmq_topic_assignment){VGROUP, t->sub[i].pos, 0, tb ? tb->nlog : 0};
  *n = 1;
  return leave(t, 0);
}
void tmq_free_assignment(tmq_topic_assignment *list) {
  COUNT(open_copies, -1);
  free(list);
}
static int seek_offset(tmq_t *t, const char *topic, int32_t vg, int64_t offset) {
  int i = sub_index(t, topic);
  if (i < 0) return last_code;
  if (vg != VGROUP) return fail(0x4007, "Invalid vgroup");
  Table *tb = topic_table(t->sub[i].topic);
  if (offset < 0 || !tb || offset > tb->nlog) return fail(0x4008, "Offset out of range");
  t->sub[i].pos = offset;
  return 0;
}
int32_t tmq_offset_seek(tmq_t *t, const char *topic, int32_t vg, int64_t offset) {
  enter(t);
  return leave(t, seek_offset(t, topic, vg, offset));
}
int64_t tmq_position(tmq_t *t, const char *topic, int32_t vg) {
  enter(t);
  int i = sub_index(t, topic);
  int64_t position = i < 0 ? last_code : vg != VGROUP ? fail(0x4007, "Invalid vgroup") : t->sub[i].pos;
  return leave(t, 0), position;
}
int64_t tmq_committed(tmq_t *t, const char *topic, int32_t vg) {
  enter(t);
  Commit *c = find_commit(t->conf.group, topic);
  int64_t committed = sub_index(t, topic) < 0 ? last_code : vg != VGROUP ? fail(0x4007, "Invalid vgroup") : c ? c->offset : NO_OFFSET;
  return leave(t, 0), committed;
}
TAOS *tmq_get_connect(tmq_t *t) { return &t->conn; }
int tmq_get_res_type(TAOS_RES *m) { return ((Res *)m)->type; }
const char *tmq_get_topic_name(TAOS_RES *m) { return ((Res *)m)->topic->name; }
const char *tmq_get_db_name(TAOS_RES *m) { return ((Res *)m)->topic->db; }
int32_t tmq_get_vgroup_id(TAOS_RES *m) { return VGROUP; }
int64_t tmq_get_vgroup_offset(TAOS_RES *m) { return ((Res *)m)->offset; }
const char *tmq_get_table_name(TAOS_RES *m) { return ((Res *)m)->owner ? ((Res *)m)->owner->name : NULL; }

static char *varint(char *p, uint64_t v) {
  for (; v >= 0x80; v >>= 7) *p++ = v | 0x80;
  *p++ = v;
  return p;
}
static char *zigzag(char *p, int64_t v) { return varint(p, (uint64_t)v << 1 ^ v >> 63); }
static char *zstring(char *p, const char *s) {
  int n = strlen(s) + 1;
  p = varint(p, n);
  return (char *)memcpy(p, s, n) + n;
}

int32_t tmq_get_raw(TAOS_RES *msg, tmq_raw_data *raw) {
  Res *r = msg;
  COUNT(open_copies, 1);
  if (r->type == 2) {
    *raw = (tmq_raw_data){calloc(1, 16), 16, 2};
    return 0;
  }
  char *block = encode(2, r->n, r->cols, r->rows, r->nrows);
  int32_t len;
  memcpy(&len, block + 4, 4);
  char *b = calloc(1, len + 512 + r->n * 96), *p = b;
  *p = 100; // head of new servers: type, length, that many bytes to skip
  put32(p + 1, 18);
  p += 5 + 18;
  put32(p, 1);
  p[4] = r->named;
  p[5] = 1; // schemas follow
  p = varint(p + 6, len + 18);
  p[0] = 1;
  for (int i = 0; i < 8; i++) p[8 + i] = (uint64_t)r->nrows >> (56 - 8 * i);
  p[17] = r->prec;
  p = (char *)memcpy(p + 18, block, len) + len;
  p = zigzag(zigzag(p, r->n), 0);
  for (int i = 0; i < r->n; i++) {
    *p++ = r->cols[i].type;
    *p++ = i == 0;
    p = zstring(zigzag(zigzag(p, wire_bytes(&r->cols[i])), i + 1), r->cols[i].name);
  }
  if (r->named) p = zstring(p, r->owner->name);
  p += 8;
  free(block);
  *raw = (tmq_raw_data){b, p - b, 1};
  return 0;
}
void tmq_free_raw(tmq_raw_data raw) {
  COUNT(open_copies, -1);
  free(raw.raw);
}
char *tmq_get_json_meta(TAOS_RES *msg) {
  Res *r = msg;
  char *s = NULL;
  const Table *t = r->owner;
  COUNT(open_copies, 1);
  if (t->kind == CHILD) {
    if (asprintf(&s, "{\"type\":\"create\",\"tableName\":\"%s\",\"tableType\":\"child\",\"using\":\"%s\",\"tagNum\":%d,\"tags\":[]}", t->name, t->stb->name, t->ntags) < 0) return NULL;
  } else if (asprintf(&s, "{\"type\":\"create\",\"tableName\":\"%s\",\"tableType\":\"%s\",\"columns\":[],\"tags\":[]}", t->name, t->kind == SUPER ? "super" : "normal") < 0) return NULL;
  return s;
}
void tmq_free_json_meta(char *meta) {
  COUNT(open_copies, -1);
  free(meta);
}
const char *tmq_err2str(int32_t code) { // asked on another thread than the one that failed
  static const struct { int code; const char *text; } T[] = {{0x03F1, "Topic not exist"}, {0x2603, "Table does not exist"}, {0x2602, "Invalid column name"}, {0x0118, "Invalid parameters"},
                                                             {0x0357, "Authentication failure"}, {0x4007, "Invalid vgroup"}, {0x4008, "Offset out of range"}, {0x4009, "Invalid topic"}};
  for (size_t i = 0; i < sizeof T / sizeof *T; i++)
    if (code == E(T[i].code)) return T[i].text;
  return code == 0 ? "success" : "toy engine: error";
}
