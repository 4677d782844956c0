// No lock is held while an event is signalled: the media source's import of SetEvent is turned to a
// function of the test's, and whatever another thread asks in the middle of it must be answered.
#include <mfapi.h>

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

template <typename T>
T* at(HMODULE module, DWORD offset) {
    return reinterpret_cast<T*>(reinterpret_cast<std::uint8_t*>(module) + offset);
}

// The place from which a module takes an imported function's address; null if it imports none.
ULONG_PTR* import_of(HMODULE module, std::string_view function) {
    const auto* const dos = at<IMAGE_DOS_HEADER>(module, 0);
    const auto* const headers = at<IMAGE_NT_HEADERS>(module, static_cast<DWORD>(dos->e_lfanew));
    const DWORD table =
        headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    for (auto* dll = at<IMAGE_IMPORT_DESCRIPTOR>(module, table); dll->Name != 0; ++dll) {
        const auto* name = at<IMAGE_THUNK_DATA>(module, dll->OriginalFirstThunk);
        auto* address = at<IMAGE_THUNK_DATA>(module, dll->FirstThunk);
        for (; name->u1.AddressOfData != 0; ++name, ++address) {
            if (!IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal) &&
                function ==
                    reinterpret_cast<const char*>(
                        at<IMAGE_IMPORT_BY_NAME>(module, static_cast<DWORD>(name->u1.AddressOfData))
                            ->Name)) {
                return reinterpret_cast<ULONG_PTR*>(&address->u1.Function);
            }
        }
    }
    return nullptr;
}

std::atomic<bool> armed{false};
std::function<void()> inside_set_event;

BOOL WINAPI set_event(HANDLE event) {
    if (armed) {
        inside_set_event();
    }
    return SetEvent(event);
}

class SignalLockTest : public SourceTest {
 protected:
    void SetUp() override {
        SourceTest::SetUp();
        import = import_of(source_dll(), "SetEvent");
        ASSERT_NE(import, nullptr);
        original = *import;
        inside_set_event = [this] { ask_elsewhere(); };
        redirect(reinterpret_cast<ULONG_PTR>(&set_event));
    }
    void TearDown() override {
        armed = false;
        SourceTest::TearDown();  // ends the threads that signal
        for (std::thread& asker : late) {
            asker.join();
        }
        redirect(original);
    }
    void redirect(ULONG_PTR function) {
        DWORD protection = 0;
        ASSERT_TRUE(VirtualProtect(import, sizeof(*import), PAGE_READWRITE, &protection));
        *import = function;
        ASSERT_TRUE(VirtualProtect(import, sizeof(*import), protection, &protection));
    }
    void ask_elsewhere() {
        const auto answered = std::make_shared<Event>();
        std::thread asker([this, answered] {
            ask();
            answered->set();
        });
        ++asked;
        if (answered->wait()) {
            asker.join();
            return;
        }
        ADD_FAILURE() << "a lock was held";
        armed = false;
        const std::scoped_lock guard(late_lock);
        late.push_back(std::move(asker));
    }
    // Everything that takes a lock: of the source, of its stream, of their events and counters.
    void ask() {
        KSEVENTDATA data = event_data(other.get());
        EXPECT_EQ(enable(control.get(), MFVCAM_EVENT_FORMAT_CHANGED, KSEVENT_TYPE_ENABLE, &data),
                  S_OK);
        EXPECT_EQ(disable(control.get(), &data), S_OK);
        EXPECT_EQ(counters(control.get()).event_count, static_cast<UINT32>(MFVCAM_EVENT_COUNT));
        DWORD characteristics = 0;
        EXPECT_EQ(source->GetCharacteristics(&characteristics), S_OK);
        auto state = MF_STREAM_STATE_STOPPED;
        EXPECT_EQ(stream->GetStreamState(&state), S_OK);
    }

    ULONG_PTR* import = nullptr;
    ULONG_PTR original = 0;
    Event other;
    std::atomic<int> asked{0};
    std::mutex late_lock;
    std::vector<std::thread> late;
};

TEST_F(SignalLockTest, WhateverIsAskedDuringASignalIsAnswered) {
    start_streaming(MFVideoFormat_NV12);
    constexpr std::array<ULONG, 4> ids = {MFVCAM_EVENT_PING, MFVCAM_EVENT_FRAME_REQUESTED,
                                          MFVCAM_EVENT_FRAME_DELIVERED,
                                          MFVCAM_EVENT_STREAM_STOPPED};
    for (const ULONG id : ids) {
        const Event event;
        KSEVENTDATA data = event_data(event.get());
        const int before = asked;
        armed = true;
        ASSERT_EQ(enable(control.get(), id, KSEVENT_TYPE_ONESHOT, &data), S_OK);
        if (id == MFVCAM_EVENT_STREAM_STOPPED) {
            EXPECT_EQ(source->Stop(), S_OK);
        } else {
            EXPECT_EQ(stream->RequestSample(nullptr), S_OK);
        }
        EXPECT_TRUE(event.wait()) << id;
        armed = false;
        EXPECT_GT(asked, before) << id;
    }
}

}  // namespace
}  // namespace mfvcam::source_test
