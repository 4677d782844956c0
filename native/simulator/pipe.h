// One end of a named pipe on which whole messages pass.
#pragma once

#include <windows.h>

#include <string>
#include <utility>

#include "frame_server_protocol.h"
#include "media_data.h"

namespace mfvcam::simulator {

class Pipe {
 public:
    Pipe() noexcept = default;
    explicit Pipe(HANDLE handle) noexcept : handle_(handle) {}
    ~Pipe() { close(); }
    Pipe(Pipe&& other) noexcept : handle_(std::exchange(other.handle_, INVALID_HANDLE_VALUE)) {}
    Pipe& operator=(Pipe&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    // Of this user's Frame Servers that speak as we do, or their monitors, the one with this name.
    static HRESULT name_of(const std::wstring& server, Role role, std::wstring& name);
    // The server's end of a further client's pipe. Only this user and the system can open it, on
    // this machine. first: fails with ERROR_ACCESS_DENIED if there is such a server.
    static HRESULT listen(const std::wstring& name, bool first, Pipe& pipe);
    // Waits for a client on what listen() gave.
    HRESULT accept() noexcept;
    // The client's end. ERROR_FILE_NOT_FOUND: nobody listens.
    static HRESULT connect(const std::wstring& name, Pipe& pipe) noexcept;

    [[nodiscard]] bool open() const noexcept { return handle_ != INVALID_HANDLE_VALUE; }
    void close() noexcept;
    [[nodiscard]] HRESULT client_process(DWORD& id) const noexcept;

    [[nodiscard]] HRESULT send(const Bytes& message) const noexcept;
    // Waits for one.
    [[nodiscard]] HRESULT receive(Bytes& message) const;

 private:
    HANDLE handle_ = INVALID_HANDLE_VALUE;
};

}  // namespace mfvcam::simulator
