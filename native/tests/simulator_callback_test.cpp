#include <mferror.h>

#include <thread>

#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

class SimulatorCallback : public SimulatorTest {};

TEST_F(SimulatorCallback, IsToldTheLifeOfAClientInOrderAndOnAnotherThread) {
    const ComPtr<Recorder> told = recorder();
    const ComPtr<IMFVirtualCamera> camera = created();
    ASSERT_HR(S_OK, camera->Start(told.get()));
    ComPtr<IMFMediaSource> source;
    ASSERT_HR(S_OK, camera->GetMediaSource(source.put()));
    ASSERT_HR(S_OK, start(source.get()));
    EXPECT_HR(S_OK, source->Stop());
    EXPECT_HR(S_OK, source->Shutdown());
    EXPECT_HR(S_OK, camera->Stop());

    const Recorder::Told first = told->next();
    EXPECT_EQ(static_cast<MediaEventType>(MEExtendedType), first.type);
    EXPECT_NE(GetCurrentThreadId(), first.thread);
    EXPECT_TRUE(first.extendedType == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP);
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE);
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    EXPECT_EQ(0U, told->pending());
}

TEST_F(SimulatorCallback, IsToldAllOfItAlsoWhenTheClientJustGoes) {
    const ComPtr<Recorder> told = recorder();
    const ComPtr<IMFVirtualCamera> camera = created();
    ASSERT_HR(S_OK, camera->Start(told.get()));
    ComPtr<IMFMediaSource> source;
    ASSERT_HR(S_OK, camera->GetMediaSource(source.put()));
    ASSERT_HR(S_OK, start(source.get()));
    EXPECT_HR(S_OK, camera->Remove());
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP);
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE);
    EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    EXPECT_HR(S_OK, source->Shutdown());
}

TEST_F(SimulatorCallback, FurtherStartsAddFurtherCallbacks) {
    const ComPtr<Recorder> first = recorder();
    const ComPtr<Recorder> second = recorder();
    const ComPtr<Recorder> third = recorder();
    const ComPtr<IMFVirtualCamera> camera = created();
    const ComPtr<IMFVirtualCamera> same = created();
    ASSERT_HR(S_OK, camera->Start(first.get()));
    ASSERT_HR(S_OK, camera->Start(second.get()));
    ASSERT_HR(S_OK, same->Start(third.get()));
    ASSERT_HR(S_OK, camera->Start(nullptr));
    FakeSource::queue(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT, 7);
    for (Recorder* each : {first.get(), second.get(), third.get()}) {
        const Recorder::Told told = each->next();
        EXPECT_TRUE(told.extendedType == MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT);
        EXPECT_HR(7, told.status);
    }
    // The callbacks of an object end with it, the others' do not.
    EXPECT_HR(S_OK, camera->Shutdown());
    FakeSource::queue(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT, 8);
    EXPECT_HR(8, third->next().status);
    EXPECT_EQ(0U, first->pending());
    EXPECT_EQ(0U, second->pending());
}

TEST_F(SimulatorCallback, IsNotRegisteredByAStartThatFails) {
    const ComPtr<Recorder> told = recorder();
    const ComPtr<IMFVirtualCamera> camera = created();
    FakeSource::program().activate = E_FAIL;
    ASSERT_HR(E_FAIL, camera->Start(told.get()));
    EXPECT_EQ(1U, told->references());
}

TEST_F(SimulatorCallback, IsReleasedByShutdown) {
    const ComPtr<Recorder> told = recorder();
    const ComPtr<IMFVirtualCamera> camera = created();
    ASSERT_HR(S_OK, camera->Start(told.get()));
    EXPECT_LT(1U, told->references());
    EXPECT_HR(S_OK, camera->Shutdown());
    EXPECT_EQ(1U, told->references());
}

TEST_F(SimulatorCallback, IsToldTheErrorsOfTheSource) {
    const ComPtr<Recorder> told = recorder();
    const ComPtr<IMFVirtualCamera> camera = created();
    ASSERT_HR(S_OK, camera->Start(told.get()));
    FakeSource::queue(MEError, GUID_NULL, MF_E_HW_MFT_FAILED_START_STREAMING);
    const Recorder::Told error = told->next();
    EXPECT_EQ(static_cast<MediaEventType>(MEError), error.type);
    EXPECT_HR(MF_E_HW_MFT_FAILED_START_STREAMING, error.status);
    // No events any more: with this one answered, the next cannot be had.
    FakeSource::program().beginGetEvent = RPC_E_DISCONNECTED;
    FakeSource::queue(MEExtendedType, GUID_NULL, S_OK);
    const Recorder::Told death = told->next();
    EXPECT_EQ(static_cast<MediaEventType>(MEError), death.type);
    EXPECT_HR(RPC_E_DISCONNECTED, death.status);
}

TEST_F(SimulatorCallback, TheEndOfTheCameraIsNoDeathOfTheSource) {
    const ComPtr<Recorder> told = recorder();
    const ComPtr<IMFVirtualCamera> camera = created();
    for (int round = 0; round < 20; ++round) {
        ASSERT_HR(S_OK, camera->Start(round == 0 ? told.get() : nullptr));
        ASSERT_HR(S_OK, camera->Stop());
        EXPECT_TRUE(told->nextExtended() == MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    }
    EXPECT_EQ(0U, told->pending());
}

}  // namespace
}  // namespace mfvcam::simulator_test
