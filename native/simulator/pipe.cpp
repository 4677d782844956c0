#include "pipe.h"

#include <sddl.h>

#include <array>

#include "choices.h"
#include "frame_server_protocol.h"
#include "guard.h"
#include "owned_handle.h"

namespace mfvcam::simulator {
namespace {

constexpr DWORD kBuffer = 64 * 1024;

HRESULT current_user(std::wstring& sid) {
    OwnedHandle token;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, token.put()) == FALSE) {
        return hresult_from_last_error();
    }
    alignas(TOKEN_USER) std::array<BYTE, sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE> user{};
    DWORD size = 0;
    LPWSTR text = nullptr;
    if (GetTokenInformation(token.get(), TokenUser, user.data(), static_cast<DWORD>(user.size()),
                            &size) == FALSE ||
        ConvertSidToStringSidW(reinterpret_cast<TOKEN_USER*>(user.data())->User.Sid, &text) ==
            FALSE) {
        return hresult_from_last_error();
    }
    sid = text;
    LocalFree(text);
    return S_OK;
}

}  // namespace

HRESULT Pipe::name_of(const std::wstring& server, Role role, std::wstring& name) {
    std::wstring user;
    const HRESULT hr = current_user(user);
    name = std::wstring(L"\\\\.\\pipe\\mfvcam-") +
           (role == Role::kMonitor ? L"monitor-" : L"frameserver-") + std::to_wstring(kProtocol) +
           L"-" + std::to_wstring(8 * sizeof(void*)) + L"-" + user + L"-" + server;
    return hr;
}

HRESULT Pipe::listen(const std::wstring& name, bool first, Pipe& pipe) {
    std::wstring user;
    const HRESULT hr = current_user(user);
    if (FAILED(hr)) {
        return hr;
    }
    const std::wstring access = L"D:P(A;;GA;;;" + user + L")(A;;GA;;;SY)";
    SECURITY_ATTRIBUTES security{sizeof(security), nullptr, FALSE};
    if (ConvertStringSecurityDescriptorToSecurityDescriptorW(
            access.c_str(), SDDL_REVISION_1, &security.lpSecurityDescriptor, nullptr) == FALSE) {
        return hresult_from_last_error();
    }
    const DWORD mode =
        PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | (first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0U);
    const HANDLE handle = CreateNamedPipeW(
        name.c_str(), mode,
        PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
        PIPE_UNLIMITED_INSTANCES, kBuffer, kBuffer, 0, &security);
    const HRESULT made = make(handle, pipe);
    LocalFree(security.lpSecurityDescriptor);
    return made;
}

HRESULT Pipe::make(HANDLE handle, Pipe& pipe) noexcept {
    Pipe made;
    made.handle_ = handle;
    if (!made.open()) {
        return hresult_from_last_error();
    }
    made.done_.reset(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    if (!made.done_) {
        return hresult_from_last_error();
    }
    pipe = std::move(made);
    return S_OK;
}

HRESULT Pipe::accept() noexcept {
    OVERLAPPED operation = begin();
    DWORD none = 0;
    const bool done = ConnectNamedPipe(handle_, &operation) != FALSE;
    return !done && GetLastError() == ERROR_PIPE_CONNECTED
               ? S_OK
               : finish(done, operation, INFINITE, none);
}

HRESULT Pipe::connect(const std::wstring& name, Pipe& pipe) noexcept {
    Pipe made;
    // The server may know who we are, and not be us.
    const HRESULT hr =
        make(CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                         FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
                         nullptr),
             made);
    if (FAILED(hr)) {
        return hr;
    }
    DWORD mode = PIPE_READMODE_MESSAGE;
    if (SetNamedPipeHandleState(made.handle_, &mode, nullptr, nullptr) == FALSE) {
        return hresult_from_last_error();
    }
    pipe = std::move(made);
    return S_OK;
}

void Pipe::close() noexcept {
    if (open()) {
        CloseHandle(std::exchange(handle_, INVALID_HANDLE_VALUE));
    }
}

HRESULT Pipe::client_process(DWORD& id) const noexcept {
    return GetNamedPipeClientProcessId(handle_, &id) != FALSE ? S_OK : hresult_from_last_error();
}

OVERLAPPED Pipe::begin() const noexcept {
    OVERLAPPED operation{};
    operation.hEvent = done_.get();
    return operation;
}

HRESULT Pipe::finish(bool done, OVERLAPPED& operation, DWORD patience,
                     DWORD& bytes) const noexcept {
    const DWORD error = done ? ERROR_SUCCESS : GetLastError();
    if (error == ERROR_IO_PENDING && WaitForSingleObject(done_.get(), patience) != WAIT_OBJECT_0) {
        CancelIoEx(handle_, &operation);
        // Until then the memory is the system's.
        GetOverlappedResult(handle_, &operation, &bytes, TRUE);
        return HRESULT_FROM_WIN32(ERROR_TIMEOUT);
    }
    if (!done && error != ERROR_IO_PENDING && error != ERROR_MORE_DATA) {
        return HRESULT_FROM_WIN32(error);
    }
    return GetOverlappedResult(handle_, &operation, &bytes, FALSE) != FALSE
               ? S_OK
               : hresult_from_last_error();
}

HRESULT Pipe::send(const Bytes& message, DWORD patience) const noexcept {
    if (message.size() > kLongest) {
        return choices::kMessageTooLong;
    }
    OVERLAPPED operation = begin();
    DWORD written = 0;
    const bool done = WriteFile(handle_, message.data(), static_cast<DWORD>(message.size()),
                                nullptr, &operation) != FALSE;
    return finish(done, operation, patience, written);
}

HRESULT Pipe::receive(Bytes& message, DWORD patience) const {
    std::size_t got = 0;
    for (message.resize(kBuffer);; message.resize(message.size() * 2)) {
        OVERLAPPED operation = begin();
        DWORD read = 0;
        const bool done =
            ReadFile(handle_, message.data() + got, static_cast<DWORD>(message.size() - got),
                     nullptr, &operation) != FALSE;
        const HRESULT hr = finish(done, operation, patience, read);
        got += read;
        if (SUCCEEDED(hr)) {
            message.resize(got);
            return S_OK;
        }
        if (hr != HRESULT_FROM_WIN32(ERROR_MORE_DATA) || message.size() >= kLongest) {
            return hr;
        }
    }
}

}  // namespace mfvcam::simulator
