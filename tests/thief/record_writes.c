/* LD_PRELOAD for the forensic test: every byte the program gives to a file, or to its log, goes to WA_WRITTEN as
   well, whatever becomes of the file; and every key it uses goes to WA_SECRETS, so that the test knows what to look
   for. Deleted files, overwritten blocks and write-ahead logs are all in the record. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int record_of(const char *name, int *kept) {
    if (*kept == 0) {
        const char *path = getenv(name);
        *kept = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    }
    return *kept;
}
static void append(int record, const void *bytes, size_t size) {
    const char *at = bytes;
    while (record > 0 && size > 0) {
        long done = syscall(SYS_write, record, at, size);
        if (done <= 0) return;
        at += done;
        size -= (size_t)done;
    }
}
static void written(int fd, const void *bytes, size_t size) {
    static int record;
    struct stat what;
    if (fstat(fd, &what) != 0) return;
    if (S_ISREG(what.st_mode) || fd == 1 || fd == 2) append(record_of("WA_WRITTEN", &record), bytes, size);
}
static void secret(const void *key, size_t size) {
    static int record;
    if (size == 32) append(record_of("WA_SECRETS", &record), key, size);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t size) { written(fd, bytes, size); return NEXT(write)(fd, bytes, size); }
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { written(fd, bytes, size); return NEXT(pwrite)(fd, bytes, size, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) { written(fd, bytes, size); return NEXT(pwrite64)(fd, bytes, size, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    for (int i = 0; i < count; ++i) written(fd, parts[i].iov_base, parts[i].iov_len);
    return NEXT(writev)(fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    for (int i = 0; i < count; ++i) written(fd, parts[i].iov_base, parts[i].iov_len);
    return NEXT(pwritev)(fd, parts, count, at);
}

/* Of libsodium: what is used as a key, and what comes out of a box with the size of one. */
typedef unsigned char byte;
typedef unsigned long long count;
int crypto_aead_xchacha20poly1305_ietf_encrypt(byte *c, count *cn, const byte *m, count n, const byte *a, count an, const byte *s, const byte *nonce, const byte *key) {
    secret(key, 32);
    secret(m, n);
    return NEXT(crypto_aead_xchacha20poly1305_ietf_encrypt)(c, cn, m, n, a, an, s, nonce, key);
}
int crypto_aead_xchacha20poly1305_ietf_decrypt(byte *m, count *mn, byte *s, const byte *c, count n, const byte *a, count an, const byte *nonce, const byte *key) {
    int failed = NEXT(crypto_aead_xchacha20poly1305_ietf_decrypt)(m, mn, s, c, n, a, an, nonce, key);
    secret(key, 32);
    if (!failed && n >= 16) secret(m, n - 16);
    return failed;
}
int crypto_box_open_easy(byte *m, const byte *c, count n, const byte *nonce, const byte *from, const byte *key) {
    int failed = NEXT(crypto_box_open_easy)(m, c, n, nonce, from, key);
    secret(key, 32);
    if (!failed && n >= 16) secret(m, n - 16);
    return failed;
}
int crypto_sign_detached(byte *s, count *sn, const byte *m, count n, const byte *key) {
    secret(key, 32); /* the seed is its first half */
    return NEXT(crypto_sign_detached)(s, sn, m, n, key);
}
int crypto_pwhash(byte *out, count n, const char *pin, count pn, const byte *salt, count ops, size_t memory, int alg) {
    int failed = NEXT(crypto_pwhash)(out, n, pin, pn, salt, ops, memory, alg);
    secret(out, n);
    return failed;
}
