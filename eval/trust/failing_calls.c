/* Fail one call of the file system on a store's or a run's files.
 *
 * Built and preloaded by faults.py. FAIL_CALL names the kind ("write", "read", "sync", "open",
 * "rename", "unlink", "truncate", "mmap"), FAIL_AT is the number of the call that fails, counted
 * over files whose name holds FAIL_PATH; FAIL_WITH is the error number. The calls seen are counted
 * in `seen`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

long seen = 0; /* read by faults.py */

static int wanted(const char *kind) {
  const char *call = getenv("FAIL_CALL");
  return call && getenv("FAIL_PATH") && strcmp(call, kind) == 0;
}

static int fails_at(const char *path) {
  if (!strstr(path, getenv("FAIL_PATH"))) return 0;
  seen++;
  const char *at = getenv("FAIL_AT");
  if (!at || seen != atol(at)) return 0;
  errno = atoi(getenv("FAIL_WITH"));
  return 1;
}

static int name_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

static int fails(const char *kind, int fd) {
  char path[PATH_MAX];
  return wanted(kind) && name_of(fd, path) && fails_at(path);
}

/* A path as a call was given it: relative to the folder FD unless it starts with a slash. */
static int fails_path(const char *kind, int fd, const char *path) {
  char folder[PATH_MAX], whole[2 * PATH_MAX];
  if (!wanted(kind) || !path) return 0;
  if (*path == '/' || fd == AT_FDCWD || !name_of(fd, folder)) return fails_at(path);
  snprintf(whole, sizeof whole, "%s/%s", folder, path);
  return fails_at(whole);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size) {
  return fails("write", fd) ? -1 : REAL(write)(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  return fails("write", fd) ? -1 : REAL(pwrite)(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  return fails("write", fd) ? -1 : REAL(pwrite64)(fd, data, size, at);
}
ssize_t read(int fd, void *data, size_t size) {
  return fails("read", fd) ? -1 : REAL(read)(fd, data, size);
}
ssize_t pread(int fd, void *data, size_t size, off_t at) {
  return fails("read", fd) ? -1 : REAL(pread)(fd, data, size, at);
}
ssize_t pread64(int fd, void *data, size_t size, off64_t at) {
  return fails("read", fd) ? -1 : REAL(pread64)(fd, data, size, at);
}
int fsync(int fd) { return fails("sync", fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails("sync", fd) ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t size) {
  return fails("truncate", fd) ? -1 : REAL(ftruncate)(fd, size);
}
int ftruncate64(int fd, off64_t size) {
  return fails("truncate", fd) ? -1 : REAL(ftruncate64)(fd, size);
}
void *mmap(void *place, size_t size, int access, int flags, int fd, off_t at) {
  if (fd >= 0 && fails("mmap", fd)) return MAP_FAILED;
  return REAL(mmap)(place, size, access, flags, fd, at);
}
void *mmap64(void *place, size_t size, int access, int flags, int fd, off64_t at) {
  if (fd >= 0 && fails("mmap", fd)) return MAP_FAILED;
  return REAL(mmap64)(place, size, access, flags, fd, at);
}

static mode_t mode_of(int flags, va_list rest) {
  return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPENS(name)                                                  \
  int name(const char *path, int flags, ...) {                       \
    va_list rest;                                                    \
    va_start(rest, flags);                                           \
    mode_t mode = mode_of(flags, rest);                              \
    va_end(rest);                                                    \
    if (fails_path("open", AT_FDCWD, path)) return -1;               \
    return REAL(name)(path, flags, mode);                            \
  }
#define OPENS_AT(name)                                               \
  int name(int folder, const char *path, int flags, ...) {           \
    va_list rest;                                                    \
    va_start(rest, flags);                                           \
    mode_t mode = mode_of(flags, rest);                              \
    va_end(rest);                                                    \
    if (fails_path("open", folder, path)) return -1;                 \
    return REAL(name)(folder, path, flags, mode);                    \
  }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

int mkdir(const char *path, mode_t mode) {
  return fails_path("open", AT_FDCWD, path) ? -1 : REAL(mkdir)(path, mode);
}
int rename(const char *old, const char *fresh) {
  return fails_path("rename", AT_FDCWD, fresh) ? -1 : REAL(rename)(old, fresh);
}
int renameat(int from, const char *old, int to, const char *fresh) {
  return fails_path("rename", to, fresh) ? -1 : REAL(renameat)(from, old, to, fresh);
}
int unlink(const char *path) {
  return fails_path("unlink", AT_FDCWD, path) ? -1 : REAL(unlink)(path);
}
int unlinkat(int folder, const char *path, int flags) {
  return fails_path("unlink", folder, path) ? -1 : REAL(unlinkat)(folder, path, flags);
}
int rmdir(const char *path) {
  return fails_path("unlink", AT_FDCWD, path) ? -1 : REAL(rmdir)(path);
}
