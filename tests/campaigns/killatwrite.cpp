// Loaded before a program (LD_PRELOAD): ends it with SIGKILL at the n-th change it makes below a folder, a write after half of its bytes,
// anything else before it is done; writes to one file in a row are one change. So every moment at which a process can die as far as the
// disk can tell is tried, one by one.
//   GPS_KILL_FOLDER  the folder    GPS_KILL_AT  n, from 1; 0: never    GPS_KILL_COUNT  a file that gets the number of changes at the end
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<long> g_count{0};
std::atomic<int> g_lastWritten{-1};  // a file descriptor; -1 behind any other change

template <typename F>
F original(const char* name) {
  return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

const char* folder() { return std::getenv("GPS_KILL_FOLDER"); }

bool isInside(const char* path) {
  const char* root = folder();
  return root != nullptr && path != nullptr && std::strncmp(path, root, std::strlen(root)) == 0;
}

bool isInside(int fd) {
  if (folder() == nullptr) return false;
  char link[64], path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const auto size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return false;
  path[size] = 0;
  return isInside(path);
}

bool isTheMoment() {
  const char* at = std::getenv("GPS_KILL_AT");
  return ++g_count == (at != nullptr ? std::atol(at) : 0);
}

[[noreturn]] void end() {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

void beforeChange(const char* path) {
  if (!isInside(path)) return;
  g_lastWritten = -1;
  if (isTheMoment()) end();
}

bool isTheMomentToWrite(int fd) { return isInside(fd) && g_lastWritten.exchange(fd) != fd && isTheMoment(); }

struct Reporter {
  ~Reporter() {
    const char* path = std::getenv("GPS_KILL_COUNT");
    if (path == nullptr) return;
    if (std::FILE* file = std::fopen(path, "w")) {
      std::fprintf(file, "%ld\n", g_count.load());
      std::fclose(file);
    }
  }
} g_reporter;

}  // namespace

extern "C" {

ssize_t write(int fd, const void* data, size_t size) {
  static const auto real = original<ssize_t (*)(int, const void*, size_t)>("write");
  if (isTheMomentToWrite(fd)) {
    real(fd, data, size / 2);
    end();
  }
  return real(fd, data, size);
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  static const auto real = original<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  if (isTheMomentToWrite(fd)) {
    real(fd, data, size / 2, at);
    end();
  }
  return real(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void* data, size_t size, off_t at) { return pwrite(fd, data, size, at); }

int open(const char* path, int flags, ...) {
  static const auto real = original<int (*)(const char*, int, ...)>("open");
  mode_t mode = 0;
  if ((flags & O_CREAT) != 0) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
    beforeChange(path);
  }
  return real(path, flags, mode);
}

int rename(const char* from, const char* to) noexcept {
  static const auto real = original<int (*)(const char*, const char*)>("rename");
  beforeChange(to);
  return real(from, to);
}

int unlink(const char* path) noexcept {
  static const auto real = original<int (*)(const char*)>("unlink");
  beforeChange(path);
  return real(path);
}

int remove(const char* path) noexcept {
  static const auto real = original<int (*)(const char*)>("remove");
  beforeChange(path);
  return real(path);
}

int link(const char* from, const char* to) noexcept {
  static const auto real = original<int (*)(const char*, const char*)>("link");
  beforeChange(to);
  return real(from, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
  static const auto real = original<int (*)(const char*, mode_t)>("mkdir");
  beforeChange(path);
  return real(path, mode);
}

}  // extern "C"
