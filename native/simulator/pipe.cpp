#include "pipe.h"

#include <sddl.h>

#include <array>

#include "frame_server_protocol.h"
#include "guard.h"
#include "owned_handle.h"

namespace mfvcam::simulator {
namespace {

constexpr DWORD kBuffer = 64 * 1024;
constexpr DWORD kLongest = 128 * 1024 * 1024;  // bytes of one message

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
    const DWORD mode = PIPE_ACCESS_DUPLEX | (first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0U);
    const HANDLE handle = CreateNamedPipeW(
        name.c_str(), mode,
        PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
        PIPE_UNLIMITED_INSTANCES, kBuffer, kBuffer, 0, &security);
    const HRESULT made = handle == INVALID_HANDLE_VALUE ? hresult_from_last_error() : S_OK;
    LocalFree(security.lpSecurityDescriptor);
    pipe = Pipe(handle);
    return made;
}

HRESULT Pipe::accept() noexcept {
    const bool connected =
        ConnectNamedPipe(handle_, nullptr) != FALSE || GetLastError() == ERROR_PIPE_CONNECTED;
    return connected ? S_OK : hresult_from_last_error();
}

HRESULT Pipe::connect(const std::wstring& name, Pipe& pipe) noexcept {
    // The server may know who we are, and not be us.
    Pipe made(CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                          SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
    DWORD mode = PIPE_READMODE_MESSAGE;
    if (!made.open() || SetNamedPipeHandleState(made.handle_, &mode, nullptr, nullptr) == FALSE) {
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

HRESULT Pipe::send(const Bytes& message) const noexcept {
    DWORD written = 0;
    return WriteFile(handle_, message.data(), static_cast<DWORD>(message.size()), &written,
                     nullptr) != FALSE
               ? S_OK
               : hresult_from_last_error();
}

HRESULT Pipe::receive(Bytes& message) const {
    std::size_t got = 0;
    for (message.resize(kBuffer);; message.resize(message.size() * 2)) {
        DWORD read = 0;
        const bool whole =
            ReadFile(handle_, message.data() + got, static_cast<DWORD>(message.size() - got), &read,
                     nullptr) != FALSE;
        const DWORD error = whole ? ERROR_SUCCESS : GetLastError();
        got += read;
        if (whole) {
            message.resize(got);
            return S_OK;
        }
        if (error != ERROR_MORE_DATA || message.size() >= kLongest) {
            return HRESULT_FROM_WIN32(error);
        }
    }
}

}  // namespace mfvcam::simulator
