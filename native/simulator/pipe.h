// One end of a named pipe on which whole messages pass. For one thread at a time.
#pragma once

#include <windows.h>

#include <string>
#include <utility>

#include "frame_server_protocol.h"
#include "media_data.h"
#include "owned_handle.h"

namespace mfvcam::simulator {

class Pipe {
 public:
    Pipe() noexcept = default;
    ~Pipe() { close(); }
    Pipe(Pipe&& other) noexcept
        : handle_(std::exchange(other.handle_, INVALID_HANDLE_VALUE)),
          done_(std::move(other.done_)) {}
    Pipe& operator=(Pipe&& other) noexcept {
        std::swap(handle_, other.handle_);
        std::swap(done_, other.done_);
        return *this;
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    static constexpr std::size_t kLongest = std::size_t{128} * 1024 * 1024;  // bytes of a message

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

    // kMessageTooLong: nothing has been sent. ERROR_TIMEOUT: the other end has not done its part
    // after so many ms, and the connection is of no more use.
    [[nodiscard]] HRESULT send(const Bytes& message, DWORD patience = INFINITE) const noexcept;
    // Waits for one.
    [[nodiscard]] HRESULT receive(Bytes& message, DWORD patience = INFINITE) const;

 private:
    // Takes over a handle that was opened for overlapped operations; INVALID_HANDLE_VALUE fails
    // with the thread's last error.
    static HRESULT make(HANDLE handle, Pipe& pipe) noexcept;
    [[nodiscard]] OVERLAPPED begin() const noexcept;
    // Of the operation that has just been begun; bytes: how many have passed, also of a part.
    HRESULT finish(bool done, OVERLAPPED& operation, DWORD patience, DWORD& bytes) const noexcept;

    HANDLE handle_ = INVALID_HANDLE_VALUE;
    OwnedHandle done_;  // an event
};

}  // namespace mfvcam::simulator
