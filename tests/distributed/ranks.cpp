#include "tests/distributed/ranks.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "core/values/error.h"
#include "tests/support/freeport.h"
#include "tests/support/temporaryfolder.h"

namespace gps::test {
namespace {

constexpr const char* kRoleOption = "--rank-role";
using Clock = std::chrono::steady_clock;

std::vector<std::string> environmentOf(int rank, int size, int port) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) result.emplace_back(*entry);
  for (const auto& [name, value] : std::map<std::string, std::string>{{"RANK", std::to_string(rank)},
                                                                      {"WORLD_SIZE", std::to_string(size)},
                                                                      {"LOCAL_RANK", std::to_string(rank)},
                                                                      {"MASTER_ADDR", "127.0.0.1"},
                                                                      {"MASTER_PORT", std::to_string(port)},
                                                                      {"OMP_NUM_THREADS", "1"}})
    result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

pid_t start(const Arguments& arguments, std::vector<std::string> environment, const std::string& output) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  Arguments words = arguments;
  pid_t process = 0;
  const int failure = posix_spawn(&process, "/proc/self/exe", &files, nullptr, pointersTo(words).data(), pointersTo(environment).data());
  posix_spawn_file_actions_destroy(&files);
  EXPECT_EQ(failure, 0);
  return failure == 0 ? process : -1;
}

}  // namespace

int runTestsOrRole(int argc, char** argv, const std::map<std::string, Role>& roles) {
  if (argc < 3 || std::string(argv[1]) != kRoleOption) {
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
  }
  try {
    return roles.at(argv[2])(Arguments(argv + 3, argv + argc));
  } catch (const Error& e) {
    std::cout << "Error " << int(e.code()) << ": " << e.what() << std::endl;
    return 1;
  } catch (const std::exception& e) {
    std::cout << "exception: " << e.what() << std::endl;
    return 2;
  }
}

std::vector<RankEnd> runRanks(int size, const std::string& role, const Arguments& arguments, int started) {
  const TemporaryFolder folder;
  const int port = freePort(), count = started > 0 ? started : size;
  const auto begin = Clock::now();
  std::vector<pid_t> processes;
  std::vector<RankEnd> ends;
  Arguments words{"test", kRoleOption, role};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const auto outputOf = [&](int rank) { return folder / std::to_string(rank); };
  for (int rank = 0; rank < count; ++rank) processes.push_back(start(words, environmentOf(rank, size, port), outputOf(rank)));
  ends.resize(processes.size());
  auto running = processes.size();
  while (running > 0) {
    const bool isOver = Clock::now() - begin > std::chrono::seconds(60);
    for (std::size_t i = 0; i < processes.size(); ++i) {
      if (processes[i] <= 0) continue;
      if (isOver) ::kill(processes[i], SIGKILL);
      int status = 0;
      if (::waitpid(processes[i], &status, isOver ? 0 : WNOHANG) != processes[i]) continue;
      processes[i] = 0;
      --running;
      ends[i] = {WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                 std::chrono::duration<double>(Clock::now() - begin).count(), textOfFile(outputOf(int(i)))};
    }
    if (running > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return ends;
}

std::string textOfFile(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void writeFile(const std::string& path, const void* data, std::size_t bytes) {
  std::ofstream(path, std::ios::binary).write(static_cast<const char*>(data), std::streamsize(bytes));
}

}  // namespace gps::test
