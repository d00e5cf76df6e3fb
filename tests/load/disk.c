/* Preloaded before a process: a slower disk, or one that loses power.
 *
 * DISK_DELAY_US=5000     every fsync and fdatasync takes so many microseconds more.
 * DISK_SHADOW=FOLDER     FOLDER gets what a power cut would leave of deambule.db and its log: each
 *                        write is held back until its file is synced, so that what was never
 *                        synced is not there. The worst that a disk may do without lying.
 *
 * SQLite writes both by pwrite and ftruncate only; the shared memory beside them is rebuilt. The
 * variables are for one process: what it starts does not inherit them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const NAMES[] = {"deambule.db", "deambule.db-wal"};

struct held { struct held *next; off_t at; size_t size; char data[]; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct held *first[2], **last[2];
static char shadow[PATH_MAX];
static useconds_t delay;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("DISK_SHADOW"), *time = getenv("DISK_DELAY_US");
    if (folder) snprintf(shadow, sizeof shadow, "%s", folder);
    if (time) delay = (useconds_t)atoi(time);
    unsetenv("DISK_SHADOW");
    unsetenv("DISK_DELAY_US");
}

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

/* Which of the two files this is; -1 when it is none, or when nothing is watched. */
static int which(int fd) {
    char link[64], path[PATH_MAX];
    if (!shadow[0]) return -1;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return -1;
    path[length] = 0;
    const char *slash = strrchr(path, '/');
    for (int file = 0; slash && file < 2; file++)
        if (!strcmp(slash + 1, NAMES[file])) return file;
    return -1;
}

/* A write, or with no data a truncation, that has not reached the disk yet. */
static void hold(int fd, const void *data, size_t size, off_t at) {
    int file = which(fd);
    if (file < 0) return;
    struct held *one = malloc(sizeof *one + size);
    one->next = NULL;
    one->at = at;
    one->size = size;
    memcpy(one->data, data, size);
    pthread_mutex_lock(&lock);
    if (!first[file]) last[file] = &first[file];
    *last[file] = one;
    last[file] = &one->next;
    pthread_mutex_unlock(&lock);
}

static ssize_t put(int fd, const void *data, size_t size, off_t at) {
    static ssize_t (*next)(int, const void *, size_t, off_t);
    if (!next) next = real("pwrite64");
    return next(fd, data, size, at);
}

static int cut(int fd, off_t size) {
    static int (*next)(int, off_t);
    if (!next) next = real("ftruncate64");
    return next(fd, size);
}

/* The file was synced: what was held back is on the disk. */
static void release(int fd) {
    char path[PATH_MAX + 32];
    int file = which(fd);
    if (file < 0) return;
    snprintf(path, sizeof path, "%s/%s", shadow, NAMES[file]);
    int kept = open(path, O_WRONLY | O_CREAT, 0644);
    pthread_mutex_lock(&lock);
    for (struct held *one = first[file], *next; one; one = next) {
        next = one->next;
        int lost = one->size ? put(kept, one->data, one->size, one->at) < 0 : cut(kept, one->at);
        if (lost) perror("disk.c");
        free(one);
    }
    first[file] = NULL;
    pthread_mutex_unlock(&lock);
    close(kept);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) {
    ssize_t done = put(fd, data, size, at);
    if (done > 0) hold(fd, data, (size_t)done, at);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return pwrite64(fd, data, size, at);
}

int ftruncate64(int fd, off_t size) {
    int failed = cut(fd, size);
    if (!failed) hold(fd, "", 0, size);
    return failed;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int sync_with(const char *name, int fd) {
    int (*next)(int) = real(name);
    int failed = next(fd);
    if (!failed) release(fd);
    if (delay) usleep(delay);
    return failed;
}

int fsync(int fd) { return sync_with("fsync", fd); }

int fdatasync(int fd) { return sync_with("fdatasync", fd); }
