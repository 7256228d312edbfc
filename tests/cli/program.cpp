#include "tests/cli/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "core/backbones/model.h"
#include "core/checkpoints/exporting.h"
#include "tests/support/freeport.h"

namespace gps::test {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC) == 0) read = ends[0], write = ends[1];
  }
};

[[noreturn]] void becomeProgram(const std::vector<std::string>& arguments, const RunOptions& options, int out, int err) {
  // A test run in the background may have inherited an ignored SIGINT.
  signal(SIGINT, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (options.fileSizeLimit > 0) {
    signal(SIGXFSZ, SIG_IGN);  // writing then fails with EFBIG
    const rlimit limit{rlim_t(options.fileSizeLimit), rlim_t(options.fileSizeLimit)};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(options.closeStdout ? open("/dev/full", O_WRONLY) : out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  for (const auto& [name, value] : options.environment) setenv(name.c_str(), value.c_str(), 1);
  const std::string program = programPath();
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

// Appends what is there; false at the end of the stream.
bool drain(int fd, std::string& text) {
  char buffer[65536];
  const auto count = read(fd, buffer, sizeof buffer);
  if (count > 0) text.append(buffer, std::size_t(count));
  return count > 0;
}

// A program that runs; what it writes is collected by read().
class Child {
 public:
  Child(const std::vector<std::string>& arguments, const RunOptions& options)
      : m_deadline(m_begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.timeoutSeconds))),
        m_process(fork()) {
    if (m_process == 0) becomeProgram(arguments, options, m_out.write, m_err.write);
    close(m_out.write);
    close(m_err.write);
  }

  Outcome outcome;

  bool isOpen() const { return m_outOpen || m_errOpen; }
  void send(int signal) const { kill(m_process, signal); }

  // Waits at most so long for something to come.
  void read(int milliseconds) {
    pollfd ends[2] = {{m_outOpen ? m_out.read : -1, POLLIN, 0}, {m_errOpen ? m_err.read : -1, POLLIN, 0}};
    poll(ends, 2, milliseconds);
    if (ends[0].revents != 0) m_outOpen = drain(m_out.read, outcome.out);
    if (ends[1].revents != 0) m_errOpen = drain(m_err.read, outcome.err);
    if (!isOpen()) outcome.seconds = std::chrono::duration<double>(Clock::now() - m_begin).count();
    if (Clock::now() <= m_deadline || outcome.timedOut) return;
    outcome.timedOut = true;
    send(SIGKILL);
  }

  // Once it is not open any more.
  Outcome wait() {
    close(m_out.read);
    close(m_err.read);
    int status = 0;
    waitpid(m_process, &status, 0);
    outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return std::move(outcome);
  }

 private:
  Clock::time_point m_begin = Clock::now(), m_deadline;
  Pipe m_out, m_err;
  bool m_outOpen = true, m_errOpen = true;
  pid_t m_process;
};

std::string commandText(const std::vector<std::string>& arguments) {
  std::string text = "gps";
  for (const auto& argument : arguments) text += " " + argument;
  return text;
}

}  // namespace

nlohmann::json Outcome::json() const {
  try {
    auto value = nlohmann::json::parse(out);
    EXPECT_TRUE(value.is_object());
    return value;
  } catch (const std::exception& failure) {
    ADD_FAILURE() << "stdout is not one JSON object: " << failure.what() << "\n" << out << "\n" << err;
    return nlohmann::json::object();
  }
}

std::string programPath() {
  const char* folder = std::getenv("GPS_BIN_DIR");
  return std::string(folder != nullptr ? folder : "bin") + "/gps";
}

Outcome runGps(const std::vector<std::string>& arguments, const RunOptions& options) {
  Child child(arguments, options);
  std::size_t nextInterrupt = 0, searchFrom = 0;
  while (child.isOpen()) {
    child.read(100);
    while (nextInterrupt < options.interruptAfter.size()) {
      const auto& text = options.interruptAfter[nextInterrupt];
      const auto found = child.outcome.err.find(text, searchFrom);
      if (found == std::string::npos) break;
      searchFrom = found + text.size();
      child.send(SIGINT);
      ++nextInterrupt;
    }
  }
  return child.wait();
}

std::vector<Outcome> runGpsRanks(int size, const std::vector<std::string>& arguments, const RankSignal& sent) {
  const auto port = std::to_string(freePort());
  std::vector<std::unique_ptr<Child>> ranks;
  for (int rank = 0; rank < size; ++rank) {
    RunOptions options;
    const auto number = std::to_string(rank);
    options.environment = {{"RANK", number},
                           {"LOCAL_RANK", number},
                           {"WORLD_SIZE", std::to_string(size)},
                           {"MASTER_ADDR", "127.0.0.1"},
                           {"MASTER_PORT", port}};
    ranks.push_back(std::make_unique<Child>(arguments, options));
  }
  bool isSent = sent.signal == 0;
  const auto isOpen = [](const auto& child) { return child->isOpen(); };
  while (std::any_of(ranks.begin(), ranks.end(), isOpen)) {
    for (const auto& child : ranks)
      if (child->isOpen()) child->read(10);
    if (isSent || ranks[0]->outcome.err.find(sent.after) == std::string::npos) continue;
    ranks[std::size_t(sent.rank)]->send(sent.signal);
    isSent = true;
  }
  std::vector<Outcome> outcomes;
  for (const auto& child : ranks) outcomes.push_back(child->wait());
  return outcomes;
}

Outcome expectGps(int exitCode, const std::vector<std::string>& arguments, const RunOptions& options) {
  Outcome outcome = runGps(arguments, options);
  EXPECT_EQ(outcome.exitCode, exitCode) << commandText(arguments) << "\n" << outcome.err << outcome.out.substr(0, 2000);
  EXPECT_FALSE(outcome.timedOut) << commandText(arguments);
  return outcome;
}

void writeText(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string readText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> filesBelow(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code failure;
  for (const auto& entry : fs::recursive_directory_iterator(folder, failure))
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), folder).string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string liteMedSamWeights() {
  std::vector<std::string> places;
  if (const char* folder = std::getenv("GPS_WEIGHTS")) places.push_back(folder);
  if (const char* deps = std::getenv("GPS_DEPS")) places.push_back(std::string(deps) + "/weights");
  if (const char* source = std::getenv("GPS_SOURCE_DIR")) places.push_back(std::string(source) + "/.deps/weights");
  for (const auto& place : places)
    if (fs::exists(place + "/lite_medsam.pth")) return place + "/lite_medsam.pth";
  static const TemporaryFolder folder;
  static const std::string made = [] {
    const auto model = Model::create("lite_medsam", 64);
    model->fillRandom(1);
    const std::string path = folder / "lite_medsam_random.safetensors";
    exportWeights(*model, path);
    return path;
  }();
  return made;
}

}  // namespace gps::test
