// What every test of the Frame Server starts from: one of the test's own, and programs to kill.
#pragma once

#include <gtest/gtest.h>
#include <windows.h>

#include <mfapi.h>
#include <mferror.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "com_object.h"
#include "eventually.h"
#include "frame_server_camera.h"
#include "handle.h"
#include "lock.h"
#include "process_handles.h"
#include "simulator.h"
#include "start_process.h"
#include "test_files.h"

namespace mfvcam::tests {

// Long enough for any machine; nothing waits for it to pass.
inline constexpr DWORD kPatience = 20'000;
inline constexpr HRESULT kHostDied = HRESULT_FROM_WIN32(RPC_S_CALL_FAILED);
inline constexpr DWORD kKilled = 77;

template <typename Condition>
bool eventually(Condition condition) {
    return eventually(condition, kPatience);
}

// A Start callback that keeps the codes of the errors it is told.
class Errors final : public ComObject<Errors, IMFAsyncCallback> {
 public:
    [[nodiscard]] HRESULT wait() const {
        EXPECT_EQ(WaitForSingleObject(told_.get(), kPatience), WAIT_OBJECT_0);
        return status_;
    }

    void* find_interface(REFIID iid) noexcept {
        const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncCallback);
        return known ? static_cast<IMFAsyncCallback*>(this) : nullptr;
    }
    STDMETHODIMP GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(IMFAsyncResult* result) override {
        ComPtr<IUnknown> object;
        ComPtr<IMFMediaEvent> event;
        MediaEventType type = MEUnknown;
        if (SUCCEEDED(result->GetObject(object.put()))) {
            event = object.as<IMFMediaEvent>();
        }
        HRESULT status = S_OK;
        if (event && SUCCEEDED(event->GetType(&type)) && type == MEError &&
            SUCCEEDED(event->GetStatus(&status))) {
            status_ = status;
            told_.set();
        }
        return S_OK;
    }

 private:
    std::atomic<HRESULT> status_{S_OK};
    Event told_{true};
};

// A Start callback that keeps what it is told, in order.
class Events final : public ComObject<Events, IMFAsyncCallback> {
 public:
    struct Told {
        MediaEventType type = MEUnknown;
        GUID extended{};
        HRESULT status = S_OK;

        bool operator==(const Told&) const = default;
    };
    static Told extended(REFGUID type) { return {MEExtendedType, type, S_OK}; }
    static Told error(HRESULT status) { return {MEError, GUID_NULL, status}; }

    std::vector<Told> told() {
        const LockGuard guard(lock_);
        return told_;
    }
    // Whether it is told this within so many ms, or has been.
    bool hears(const Told& expected, DWORD patience = kPatience) {
        return eventually([&] { return std::ranges::count(told(), expected) != 0; }, patience);
    }

    void* find_interface(REFIID iid) noexcept {
        const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncCallback);
        return known ? static_cast<IMFAsyncCallback*>(this) : nullptr;
    }
    STDMETHODIMP GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(IMFAsyncResult* result) override {
        ComPtr<IUnknown> object;
        Told told;
        if (SUCCEEDED(result->GetObject(object.put()))) {
            if (const auto event = object.as<IMFMediaEvent>()) {
                event->GetType(&told.type);
                event->GetExtendedType(&told.extended);
                event->GetStatus(&told.status);
            }
        }
        const LockGuard guard(lock_);
        told_.push_back(told);
        return S_OK;
    }

 private:
    Lock lock_;
    std::vector<Told> told_;
};

// A running frame_server_client.
class Program {
 public:
    Program(const std::wstring& mode, const std::wstring& camera) {
        static std::atomic<unsigned> last{0};
        const std::wstring name = L"mfvcam-test-" + std::to_wstring(GetCurrentProcessId()) + L"-" +
                                  std::to_wstring(++last);
        ready_ = CreateEventW(nullptr, TRUE, FALSE, name.c_str());
        EXPECT_EQ(
            simulator::start_process(L"\"" + program_folder() + L"frame_server_client.exe\" " +
                                         mode + L" \"" + camera + L"\" " + name,
                                     0, process_),
            S_OK);
    }
    ~Program() {
        kill();
        CloseHandle(process_.hThread);
        CloseHandle(process_.hProcess);
        CloseHandle(ready_);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // It has got what it wanted.
    [[nodiscard]] bool works() const {
        const std::array handles = {ready_, process_.hProcess};
        return WaitForMultipleObjects(2, handles.data(), FALSE, kPatience) == WAIT_OBJECT_0;
    }
    // All its threads, as a debugger does.
    void suspend() const {
        const auto suspend_process = reinterpret_cast<LONG(NTAPI*)(HANDLE)>(reinterpret_cast<void*>(
            GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtSuspendProcess")));
        ASSERT_NE(suspend_process, nullptr);
        ASSERT_EQ(suspend_process(process_.hProcess), 0);
    }
    [[nodiscard]] DWORD id() const { return process_.dwProcessId; }
    void kill() const {
        TerminateProcess(process_.hProcess, kKilled);
        WaitForSingleObject(process_.hProcess, kPatience);
    }

 private:
    HANDLE ready_ = nullptr;
    PROCESS_INFORMATION process_{};
};

class FrameServer : public testing::Test {
 protected:
    static void SetUpTestSuite() { ASSERT_EQ(prepare_frame_server(), S_OK); }

    static ComPtr<IMFVirtualCamera> made(const wchar_t* name = L"camera") {
        ComPtr<IMFVirtualCamera> camera;
        EXPECT_EQ(make_camera(name, MFVirtualCameraLifetime_Session, camera), S_OK);
        return camera;
    }
    static ComPtr<IMFVirtualCamera> started(const wchar_t* name = L"camera",
                                            IMFAsyncCallback* callback = nullptr) {
        ComPtr<IMFVirtualCamera> camera = made(name);
        EXPECT_EQ(camera->Start(callback), S_OK);
        return camera;
    }
    static DWORD host_of(const ComPtr<IMFVirtualCamera>& camera) {
        DWORD id = 0;
        EXPECT_EQ(host_process(camera.get(), id), S_OK);
        return id;
    }
    static DWORD monitor_of(const ComPtr<IMFVirtualCamera>& camera) {
        constexpr GUID set = MFVCAM_SIMULATOR_PROPERTY_SET;
        UINT32 id = 0;
        ULONG written = 0;
        EXPECT_EQ(camera->SendCameraProperty(set, MFVCAM_SIMULATOR_PROPERTY_MONITOR_PROCESS, 1,
                                             nullptr, 0, &id, sizeof(id), &written),
                  S_OK);
        return id;
    }
    static Handle opened_host(const ComPtr<IMFVirtualCamera>& camera) {
        return Handle(OpenProcess(SYNCHRONIZE | PROCESS_TERMINATE, FALSE, host_of(camera)));
    }
    static mfvcam_source_counters counters(const ComPtr<IMFVirtualCamera>& camera) {
        mfvcam_source_counters counters{};
        EXPECT_EQ(source_counters(camera.get(), counters), S_OK);
        return counters;
    }
    static ComPtr<IMFCameraSyncObject> sync(const ComPtr<IMFVirtualCamera>& camera, ULONG event,
                                            HANDLE handle) {
        ComPtr<IMFCameraSyncObject> object;
        EXPECT_EQ(create_sync_event(camera.get(), event, handle, object), S_OK);
        return object;
    }
};

}  // namespace mfvcam::tests
