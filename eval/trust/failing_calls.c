/* Fail one call of write, pwrite, read, pread, fsync, fdatasync or ftruncate on a store's files.
 *
 * Built and preloaded by faults.py. FAIL_CALL names the kind ("write", "read", "sync"), FAIL_AT is
 * the number of the call that fails, counted over files whose name holds FAIL_PATH; FAIL_WITH is
 * the error number. The calls seen are counted in `seen`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

long seen = 0; /* read by faults.py */

static int fails(const char *kind, int fd) {
  const char *wanted = getenv("FAIL_CALL"), *part = getenv("FAIL_PATH");
  if (!wanted || !part || strcmp(wanted, kind) != 0) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  if (!strstr(path, part)) return 0;
  seen++;
  const char *at = getenv("FAIL_AT");
  if (!at || seen != atol(at)) return 0;
  errno = atoi(getenv("FAIL_WITH"));
  return 1;
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
int ftruncate(int fd, off_t size) { return fails("write", fd) ? -1 : REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) {
  return fails("write", fd) ? -1 : REAL(ftruncate64)(fd, size);
}
