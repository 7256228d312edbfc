#pragma once
// Runs something that must fail in a certain way.
#include <gtest/gtest.h>

#include <string>

#include "core/values/error.h"

namespace gps::test {

// What `action` throws, which must be a gps::Error.
template <typename Action>
Error errorOf(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error was thrown";
  return Error(ErrorCode::Internal, "", "");
}

// The same with a code that is asked for and a cause that is not empty; returns its text.
template <typename Action>
std::string errorOf(ErrorCode code, Action action) {
  const Error error = errorOf(action);
  EXPECT_EQ(int(error.code()), int(code)) << error.what();
  EXPECT_FALSE(error.cause().empty());
  return error.what();
}

}  // namespace gps::test
