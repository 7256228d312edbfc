#include "core/distributed/rankwatch.h"

#include <ATen/ATen.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>

#include <exception>

namespace gps {

RankWatch::RankWatch(c10::intrusive_ptr<c10d::Backend> backend) : m_backend(std::move(backend)) {
  std::vector<at::Tensor> byte{at::zeros({1}, at::kByte)};
  m_farewell = m_backend->recv(byte, (m_backend->getRank() + 1) % m_backend->getSize(), 0);
  m_thread = std::thread([this] {
    try {
      m_farewell->wait();
    } catch (const std::exception&) {
      m_hasLostOne = true;
    }
  });
}

RankWatch::~RankWatch() {
  m_farewell->abort();
  m_thread.join();
}

void RankWatch::sayFarewell() {
  const int size = m_backend->getSize();
  std::vector<at::Tensor> byte{at::ones({1}, at::kByte)};
  m_backend->send(byte, (m_backend->getRank() + size - 1) % size, 0)->wait();
}

}  // namespace gps
